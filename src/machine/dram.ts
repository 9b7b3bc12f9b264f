import type { DataSegment } from '../isa/program.ts';

const pageBytes = 1 << 16;

/** 64 KiB of DRAM that a program wrote. */
export interface DramPage {
  readonly page: number;
  readonly bytes: Uint8Array;
}

/** DRAM contents as seen by the DMA: zero where nothing was written. */
export interface DramImage {
  /** Fills `into` with the bytes from `address`. */
  read(address: number, into: Uint8Array): void;
  write(address: number, from: Uint8Array): void;
  /** Copies of the pages written since the image was created, by page number. */
  writtenPages(): readonly DramPage[];
  /** Puts pages back. */
  restorePages(pages: readonly DramPage[]): void;
  /** Bytes of memory behind the image. */
  readonly backedBytes: number;
}

/** An image backed page by page only where data was placed, so that a sparse gigabyte costs nothing. */
export function createDram(segments: readonly DataSegment[]): DramImage {
  const pages = new Map<number, Uint8Array>();
  const written = new Set<number>();

  function forEachPage(
    address: number,
    count: number,
    visit: (page: number, offset: number, from: number, bytes: number) => void,
  ): void {
    for (let done = 0; done < count; ) {
      const offset = (address + done) % pageBytes;
      const bytes = Math.min(pageBytes - offset, count - done);
      visit(Math.floor((address + done) / pageBytes), offset, done, bytes);
      done += bytes;
    }
  }

  const image: DramImage = {
    read(address, into) {
      forEachPage(address, into.length, (page, offset, from, bytes) => {
        const stored = pages.get(page);
        if (stored === undefined) into.fill(0, from, from + bytes);
        else into.set(stored.subarray(offset, offset + bytes), from);
      });
    },
    write(address, source) {
      forEachPage(address, source.length, (page, offset, from, bytes) => {
        let stored = pages.get(page);
        if (stored === undefined) pages.set(page, (stored = new Uint8Array(pageBytes)));
        stored.set(source.subarray(from, from + bytes), offset);
        written.add(page);
      });
    },
    writtenPages: () => [...written].sort((a, b) => a - b).map((page) => ({ page, bytes: pages.get(page)!.slice() })),
    restorePages: (saved) => {
      for (const { page, bytes } of saved) image.write(page * pageBytes, bytes);
    },
    get backedBytes() {
      return pages.size * pageBytes;
    },
  };
  for (const segment of segments) image.write(segment.address, segment.bytes);
  written.clear();
  return image;
}
