import { describe, expect, test } from 'vitest';
import { describeReport } from '../../src/report/describe-report.ts';
import { reportTables } from '../../src/report/rows.ts';
import { sampleReport } from './sample-report.ts';

describe('the page of a report', () => {
  const page = describeReport(sampleReport);

  test('opens with what ran, on what, and how it ended', () => {
    expect(page.split('\n')[0]).toBe(
      'digits-mlp-inference on cmo-130nm with cmo-hfox cells: halted (full fidelity, 41-word program)',
    );
  });

  test('holds every table', () => {
    for (const { title } of reportTables(sampleReport)) expect(page).toContain(`${title}\n`);
  });

  test('says what the efficiency means, what is assumed, and each warning', () => {
    expect(page).toContain('Efficiency: operations of the network per joule of the evaluate phase.\n');
    expect(page).toContain('1 number in use is assumed rather than measured or published');
    expect(page).toContain('warning: 2 cells did not reach their target\n');
  });

  test('has no escape codes and no trailing spaces', () => {
    expect(page).not.toContain('\u001b');
    expect(page).not.toMatch(/ \n/);
  });

  test('names seeds and hashes', () => {
    expect(page).toContain('seed 1, chip seeds 1 2 3, chip aaaaaaaaaaaa, program bbbbbbbbbbbb');
  });
});
