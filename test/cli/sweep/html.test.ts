import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openSession } from '../session.ts';
import { openBrowser } from './browser.ts';
import { hasProgram } from './process.ts';
import { putTinySweep } from './tiny-sweep.ts';

const noBrowser = !hasProgram('chromium');
if (noBrowser) process.stderr.write('skipped 1 test: Chromium is not installed (apt install chromium)\n');

describe('the report', () => {
  test.skipIf(noBrowser)('opens from a file, filters, sorts and shows a point, with no network and no error', async () => {
    const session = openSession();
    const { ohmic, at } = session;
    await ohmic('sweep', 'run', putTinySweep(session), '--out', at('out'), '--jobs', '0', '--quiet');
    const browser = await openBrowser(at('profile'));
    try {
      const page = await browser.open(pathToFileURL(at('out/report.html')).href);
      expect(await page.evaluate('document.body.dataset.ready')).toBe('yes');
      expect(await page.evaluate("document.querySelectorAll('#rows tr').length")).toBe(6);
      // Drawings become elements when they come into sight.
      for (let turn = 0; turn < 40; turn++) {
        await page.evaluate(
          `document.querySelectorAll('.charts figure')[${turn} % document.querySelectorAll('.charts figure').length].scrollIntoView()`,
        );
        if ((await page.evaluate("document.querySelectorAll('.charts script').length")) === 0) break;
        await sleep(20);
      }
      expect(await page.evaluate("document.querySelectorAll('.charts svg').length")).toBeGreaterThan(4);
      const type = (text: string) =>
        `document.getElementById('filter').value = ${JSON.stringify(text)}; document.getElementById('filter').oninput();`;
      await page.evaluate(type('tile.adc.bits=8 area>0'));
      expect(await page.evaluate("document.getElementById('count').textContent")).toBe('2 of 6 points');
      await page.evaluate(type('failed'));
      expect(await page.evaluate("document.getElementById('count').textContent")).toBe('2 of 6 points');
      await page.evaluate(type(''));
      const column = "[...document.querySelectorAll('#head th')].findIndex((cell) => cell.textContent === 'tile.adc.mux')";
      await page.evaluate(`document.querySelectorAll('#head th')[${column}].click()`);
      const values = await page.evaluate(
        `[...document.querySelectorAll('#rows tr')].map((row) => Number(row.children[${column}].textContent))`,
      );
      expect(values).toEqual([1, 1, 8, 8, 999, 999]);
      await page.evaluate("document.querySelector('#rows tr').click()");
      const details = String(await page.evaluate("document.getElementById('details').textContent"));
      for (const part of ['changes of the base', 'tile.adc.mux', 'energy by component', 'area by component'])
        expect(details).toContain(part);
      expect(page.errors()).toEqual([]);
      expect(page.requests().filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  test('refers to nothing outside itself', async () => {
    const session = openSession();
    const { ohmic, at } = session;
    await ohmic('sweep', 'run', putTinySweep(session), '--out', at('out'), '--jobs', '0', '--quiet');
    const page = readFileSync(at('out/report.html'), 'utf8');
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(src|href)="(?!data:)|url\((?!#)/i);
  });
});
