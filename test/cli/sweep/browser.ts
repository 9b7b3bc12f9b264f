import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Page {
  /** The value of an expression in the page. */
  evaluate(expression: string): Promise<unknown>;
  /** Everything the console or the engine called an error. */
  errors(): readonly string[];
  /** Every URL asked for. */
  requests(): readonly string[];
}

export interface Browser {
  open(url: string): Promise<Page>;
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, never>;
  readonly result?: Record<string, never>;
}

/** Headless Chromium over its debugging pipe: JSON messages ended by a zero byte, no port and no library. */
export async function openBrowser(profile: string): Promise<Browser> {
  const words = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
  ];
  const child = spawn('chromium', words, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, (message: Message) => void>();
  const heard: ((message: Message) => void)[] = [];
  let rest = '';
  let last = 0;
  output.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\0');
    rest = parts.pop()!;
    for (const part of parts) {
      const message = JSON.parse(part) as Message;
      if (message.id !== undefined) waiting.get(message.id)?.(message);
      else for (const listener of heard) listener(message);
    }
  });
  const send = (method: string, params: unknown, sessionId?: string): Promise<Message> => {
    const id = ++last;
    input.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
    return new Promise((resolve) => waiting.set(id, resolve));
  };
  const field = (message: Message, name: string): unknown => (message.result as Record<string, unknown> | undefined)?.[name];

  const open = async (url: string): Promise<Page> => {
    const targetId = field(await send('Target.createTarget', { url: 'about:blank' }), 'targetId');
    const session = String(field(await send('Target.attachToTarget', { targetId, flatten: true }), 'sessionId'));
    const errors: string[] = [];
    const requests: string[] = [];
    heard.push(({ method, params }) => {
      const said = params as unknown as { type?: string; level?: string; request?: { url: string }; entry?: { level: string } };
      if (method === 'Network.requestWillBeSent') requests.push(said.request!.url);
      if (method === 'Runtime.exceptionThrown') errors.push(JSON.stringify(params));
      if (method === 'Runtime.consoleAPICalled' && said.type === 'error') errors.push(JSON.stringify(params));
      if (method === 'Log.entryAdded' && said.entry!.level === 'error') errors.push(JSON.stringify(params));
    });
    for (const domain of ['Page', 'Network', 'Runtime', 'Log']) await send(`${domain}.enable`, {}, session);
    await send('Page.navigate', { url }, session);
    const evaluate = async (expression: string): Promise<unknown> => {
      const answer = await send('Runtime.evaluate', { expression, returnByValue: true }, session);
      return (field(answer, 'result') as { value?: unknown } | undefined)?.value;
    };
    for (let turn = 0; turn < 200 && (await evaluate('document.readyState')) !== 'complete'; turn++) await sleep(25);
    await sleep(50);
    return { evaluate, errors: () => errors, requests: () => requests };
  };
  const close = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.on('exit', resolve));
    await Promise.race([send('Browser.close', {}), ended]);
    await Promise.race([ended, sleep(3000)]);
    child.kill('SIGKILL');
  };
  return { open, close };
}
