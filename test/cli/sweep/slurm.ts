import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, hostname } from 'node:os';
import type { Session } from '../session.ts';

export interface Slurm {
  /** A Slurm command, with this cluster's configuration. */
  run(
    command: string,
    ...words: readonly string[]
  ): { readonly status: number | null; readonly stdout: string; readonly stderr: string };
  stop(): void;
}

const configuration = (at: (name: string) => string): string => `ClusterName=ohmic
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=26817
SlurmdPort=26818
AuthType=auth/munge
AuthInfo=socket=${at('slurm/munge.socket')}
CryptoType=crypto/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=${at('slurm/state')}
SlurmdSpoolDir=${at('slurm/spool')}
SlurmctldPidFile=${at('slurm/slurmctld.pid')}
SlurmdPidFile=${at('slurm/slurmd.pid')}
SlurmctldLogFile=${at('slurm/slurmctld.log')}
SlurmdLogFile=${at('slurm/slurmd.log')}
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,bf_interval=1
MinJobAge=60
NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=${availableParallelism()} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;

/** A whole cluster on this machine: munge, controller and one node, all in the session's folder. Needs root and the Debian packages. */
export function startSlurm({ at }: Session): Slurm {
  for (const folder of ['slurm', 'slurm/state', 'slurm/spool']) mkdirSync(at(folder), { mode: 0o755 });
  writeFileSync(at('slurm/slurm.conf'), configuration(at));
  writeFileSync(at('slurm/munge.key'), Buffer.alloc(1024, 7), { mode: 0o400 });
  const environment = { ...process.env, SLURM_CONF: at('slurm/slurm.conf') };
  const children: ChildProcess[] = [];
  const start = (command: string, ...words: readonly string[]): void =>
    void children.push(spawn(command, words, { env: environment, stdio: 'ignore' }));
  const run: Slurm['run'] = (command, ...words) => {
    const { status, stdout, stderr } = spawnSync(command, words, { env: environment, encoding: 'utf8', timeout: 100_000 });
    return { status, stdout, stderr };
  };
  const munge = ['key-file', 'socket', 'pid-file', 'log-file', 'seed-file'].map(
    (name) => `--${name}=${at(`slurm/munge.${name === 'key-file' ? 'key' : name.split('-')[0]}`)}`,
  );
  start('munged', '--foreground', '--force', ...munge);
  start('slurmctld', '-D');
  start('slurmd', '-D');
  for (let wait = 0; wait < 60; wait++) {
    if (/\b(idle|mix)\b/.test(run('sinfo', '-h', '-o', '%t').stdout)) break;
    spawnSync('sleep', ['0.5']);
  }
  return { run, stop: () => children.forEach((child) => void child.kill('SIGTERM')) };
}
