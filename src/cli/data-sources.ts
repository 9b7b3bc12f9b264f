/** One file of a data set, as its authors published it. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: number;
  /** sha-256, hex. */
  readonly digest: string;
}

/** A data set that can be fetched: mirrors are tried in order, files are checked by size and digest. */
export interface DataSource {
  readonly name: string;
  readonly doc: string;
  /** Folder URLs, with final slash. */
  readonly mirrors: readonly string[];
  readonly files: readonly SourceFile[];
}

const file = (name: string, bytes: number, digest: string): SourceFile => ({ name, bytes, digest });

/** Digests computed from files whose MD5 agrees with the ones torchvision checks. */
export const dataSources: readonly DataSource[] = [
  {
    name: 'mnist',
    doc: 'MNIST handwritten digits, 60 000 + 10 000 images of 28x28 (LeCun, Cortes, Burges)',
    mirrors: ['https://storage.googleapis.com/cvdf-datasets/mnist/', 'https://ossci-datasets.s3.amazonaws.com/mnist/'],
    files: [
      file('train-images-idx3-ubyte.gz', 9912422, '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609'),
      file('train-labels-idx1-ubyte.gz', 28881, '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c'),
      file('t10k-images-idx3-ubyte.gz', 1648877, '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6'),
      file('t10k-labels-idx1-ubyte.gz', 4542, 'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6'),
    ],
  },
  {
    name: 'fashion-mnist',
    doc: 'Fashion-MNIST, 60 000 + 10 000 images of 28x28 (Xiao, Rasul, Vollgraf 2017)',
    mirrors: ['http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/'],
    files: [
      file('train-images-idx3-ubyte.gz', 26421880, '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84'),
      file('train-labels-idx1-ubyte.gz', 29515, 'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845'),
      file('t10k-images-idx3-ubyte.gz', 4422102, '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073'),
      file('t10k-labels-idx1-ubyte.gz', 5148, '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5'),
    ],
  },
];
