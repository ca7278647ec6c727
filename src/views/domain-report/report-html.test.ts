// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { type Report, toDataUrl, toReportHtml } from './report-html.ts';

const hostile = `</style><script>alert(1)</script><img src="https://evil.example/x.png" onerror='x'>&`;

const report: Report = {
  title: hostile,
  made: hostile,
  colors: { ground: '#fff', text: '#000', faint: '#555', border: '#ccc' },
  settings: { [hostile]: hostile, model: 'tiny' },
  sections: [
    {
      title: hostile,
      paragraphs: [hostile],
      picture: {
        source: toDataUrl('<svg xmlns="http://www.w3.org/2000/svg"><text>„é</text></svg>'),
        width: 300.4,
        alt: hostile,
      },
      table: {
        columns: [hostile, 'n'],
        rows: [
          [hostile, Number.NaN],
          ['x', 0.123456],
          [null, 3],
        ],
      },
    },
  ],
};

describe('toReportHtml', () => {
  const html = toReportHtml(report);
  const page = new DOMParser().parseFromString(html, 'text/html');

  it('shows hostile texts and names as what they say, and nothing of them acts', () => {
    expect(page.querySelectorAll('script')).toHaveLength(0);
    expect(page.querySelectorAll('[onerror]')).toHaveLength(0);
    expect(page.querySelectorAll('img')).toHaveLength(1);
    expect(page.querySelector('h1')?.textContent).toBe(hostile);
    expect(page.querySelector('section p')?.textContent).toBe(hostile);
    expect(page.querySelector('img')?.getAttribute('alt')).toBe(hostile);
    expect(page.querySelector('th')?.textContent).toBe(hostile);
    expect(page.querySelectorAll('style')).toHaveLength(1);
  });
  it('names no address outside itself, and its policy forbids any', () => {
    for (const element of page.querySelectorAll('[src], [href], [srcset], [action], [data]')) {
      for (const name of ['src', 'href', 'srcset', 'action', 'data']) {
        const value = element.getAttribute(name);
        if (value !== null) expect(value).toMatch(/^data:/);
      }
    }
    expect(page.querySelector('style')?.textContent).not.toMatch(/url\(|@import|https?:/);
    expect(
      page.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content'),
    ).toContain("default-src 'none'");
    // Without hostile names there is no address at all.
    const plain = { ...report, title: 'a', made: 'b', settings: {}, sections: [] };
    expect(toReportHtml(plain)).not.toMatch(/https?:/);
  });
  it('keeps pictures whole, letters beyond ASCII too', () => {
    const source = page.querySelector('img')?.getAttribute('src') ?? '';
    const svg = new TextDecoder().decode(
      Uint8Array.from(atob(source.split(',')[1]), (character) => character.charCodeAt(0)),
    );
    expect(svg).toContain('„é');
    expect(page.querySelector('img')?.getAttribute('width')).toBe('300');
  });
  it('writes undefined numbers as a dash, never as 0', () => {
    const cells = [...page.querySelectorAll('section tbody td')].map((cell) => cell.textContent);
    expect(cells.slice(0, 6)).toEqual([hostile, '–', 'x', '0.1235', '–', '3']);
  });
});
