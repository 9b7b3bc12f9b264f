import { Presets, SingleBar } from 'cli-progress';
import type { Progress, ProgressStage } from '../simulate/progress.ts';
import { silentProgress } from '../simulate/progress.ts';
import type { Io } from './io.ts';

/** Without a terminal a long stage still says where it is, this often. */
const reportEveryMs = 10_000;

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** Progress on stderr: bars with the time left on a terminal, one line a step otherwise, nothing when quiet. */
export function terminalProgress(io: Io, quiet: boolean): Progress {
  if (quiet) return silentProgress;
  const { progressTerminal } = io;
  return {
    stage: (name, total) =>
      progressTerminal && total ? barStage(io, name, total, progressTerminal) : lineStage(io, name, total),
  };
}

const finish = (io: Io, name: string, from: number, note: string | undefined): void =>
  io.stderr(`${name}: ${note === undefined || note === '' ? 'done' : note} (${seconds(io.now() - from)})\n`);

/** Counts, time left and blanks of a bar's line, at most. */
const figuresWidth = 28;

/**
 * A bar that fits its line. The library would rather switch line wrapping off, but an interrupt in the middle of the work would then
 * leave the user's terminal so.
 */
function barStage(io: Io, name: string, total: number, stream: NodeJS.WriteStream): ProgressStage {
  const from = io.now();
  const room = Math.max((stream.columns || 80) - name.length - figuresWidth, 0);
  const barsize = Math.min(room, 16);
  const short = (note: string | undefined): { note: string } => ({ note: (note ?? '').slice(0, room - barsize) });
  const format = `${name} {bar} {value}/{total}, {eta_formatted} left {note}`;
  const bar = new SingleBar(
    { format, stream, barsize, clearOnComplete: true, hideCursor: false, linewrap: true, fps: 8 },
    Presets.shades_classic,
  );
  bar.start(total, 0, short(''));
  return {
    update: (done, note) => bar.update(done, short(note)),
    done: (note) => {
      bar.stop();
      finish(io, name, from, note);
    },
  };
}

function lineStage(io: Io, name: string, total: number | undefined): ProgressStage {
  const from = io.now();
  let said = from;
  return {
    update: (done, note) => {
      if (io.now() - said < reportEveryMs) return;
      said = io.now();
      const of = total === undefined ? `${done}` : `${done}/${total}`;
      io.stderr(`${name}: ${of}${note === undefined || note === '' ? '' : `, ${note}`} (${seconds(said - from)} so far)\n`);
    },
    done: (note) => finish(io, name, from, note),
  };
}
