export const engines = ['parallel', 'slurm', 'kubernetes'] as const;
export type Engine = (typeof engines)[number];

export interface Submission {
  readonly name: string;
  /** Folder of the sweep, as the workers see it. */
  readonly folder: string;
  /** How a worker calls ohmic, such as `ohmic` or `npx ohmic`. */
  readonly program: string;
  /** Parts the items are dealt into. */
  readonly tasks: number;
  /** Tasks at once. */
  readonly parallel: number;
  /** Times the tasks must run one after the other: stages, or generations. */
  readonly rounds: number;
}

/** A text as one word of a POSIX shell. */
export const shellWord = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/**
 * The script (or manifest) that runs a sweep on an engine. Every task computes its part of the items; a task that finds results does
 * nothing, so any of them may be run again at any time. Exit code 3 (some points failed) is an end like any other.
 */
export function submitScript(engine: Engine, submission: Submission): string {
  switch (engine) {
    case 'parallel':
      return parallelScript(submission);
    case 'slurm':
      return slurmScript(submission);
    case 'kubernetes':
      return kubernetesManifest(submission);
  }
}

const part = ({ program, folder, tasks }: Submission, index: string, jobs: string): string =>
  `${program} sweep run ${shellWord(folder)} --shard ${index}/${tasks} --jobs ${jobs} --quiet`;
const prepare = ({ program, folder }: Submission): string =>
  `${program} sweep run ${shellWord(folder)} --prepare --jobs 1 --quiet`;
const merge = ({ program, folder }: Submission): string => `${program} sweep merge ${shellWord(folder)}`;

/** Runs a command whose exit code 3 counts as success. */
const tolerant = (command: string): string => `${command} >/dev/null || test $? -eq 3`;

function parallelScript(submission: Submission): string {
  const { name, folder, tasks, parallel, rounds } = submission;
  const log = shellWord(`${folder}/parallel.log`);
  return `#!/bin/sh
# Sweep ${name} with GNU parallel: ${tasks} parts, ${parallel} at once, ${rounds} round${rounds === 1 ? '' : 's'}. May be run again at any time.
# For other machines that share the folder add: --sshlogin host1,host2
set -u
${tolerant(prepare(submission))} || exit
round=0
while [ $round -lt ${rounds} ]; do
  round=$((round + 1))
  rm -f ${log}
  seq ${tasks} | parallel --jobs ${parallel} --joblog ${log} --retries 3 "${tolerant(part(submission, '{}', '1')).replaceAll('$', '\\$')}"
done
${merge(submission)}
`;
}

function slurmScript(submission: Submission): string {
  const { name, folder, tasks, parallel, rounds } = submission;
  const chain =
    rounds === 1
      ? ''
      : `# This sweep has ${rounds} rounds (stages or generations): submit the array ${rounds} times, each with --dependency=afterany on the last.\n`;
  return `#!/bin/sh
#SBATCH --job-name=${name}
#SBATCH --array=1-${tasks}%${parallel}
#SBATCH --cpus-per-task=1
#SBATCH --output=${folder}/slurm-%A_%a.log
#SBATCH --signal=B:TERM@60
#SBATCH --requeue
# Sweep ${name} as a Slurm array of ${tasks} parts. Add your own --account, --partition, --time and --mem.
${chain}# Train what the parts share, once, before:  ${prepare(submission)}
# When all are done:                          ${merge(submission)}
cpus=\${SLURM_CPUS_PER_TASK:-1}
${part(submission, '"$SLURM_ARRAY_TASK_ID"', '"$cpus"')} >/dev/null &
work=$!
trap 'kill -TERM $work' TERM
wait $work; code=$?
while kill -0 $work 2>/dev/null; do wait $work; code=$?; done
# 3: some points failed, which the merged table shows. 75: stopped before its end; back into the queue.
[ $code -eq 75 ] && scontrol requeue "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}"
[ $code -eq 3 ] && exit 0
exit $code
`;
}

function kubernetesManifest(submission: Submission): string {
  const { name, folder, tasks, parallel } = submission;
  const command = part(submission, '$((JOB_COMPLETION_INDEX + 1))', '1');
  return `# Sweep ${name} as an indexed job of ${tasks} parts. Put in your image (with ohmic installed) and your shared volume.
apiVersion: batch/v1
kind: Job
metadata:
  name: ${name.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-')}
spec:
  completions: ${tasks}
  parallelism: ${parallel}
  completionMode: Indexed
  backoffLimitPerIndex: 3
  maxFailedIndexes: ${tasks}
  podFailurePolicy:
    rules:
      - action: FailIndex
        onExitCodes: { containerName: ohmic, operator: In, values: [64, 65] }
      - action: Ignore
        onExitCodes: { containerName: ohmic, operator: In, values: [75] }
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: ohmic
          image: YOUR-IMAGE
          command: [sh, -c, ${JSON.stringify(`${command}; code=$?; [ $code -eq 3 ] && exit 0; exit $code`)}]
          volumeMounts:
            - { name: sweep, mountPath: ${JSON.stringify(folder)} }
      volumes:
        - name: sweep
          persistentVolumeClaim: { claimName: YOUR-CLAIM }
`;
}
