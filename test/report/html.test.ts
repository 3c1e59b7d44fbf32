import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { box, fitted } from '../../src/report/html/wiring-box.js'
import { auditHtml, failureHtml } from '../../src/report/html.js'
import { auditOf, hostileAudit, made } from './audit-sample.js'

/** What is read, a line for each element that begins one; without the style and the script. */
const readText = (html: string) =>
  html
    .replace(/^[\s\S]*<body>|<script>[\s\S]*?<\/script>|<defs>[\s\S]*?<\/defs>/g, '')
    .replace(/<(h\d|p|tr|li|dt|dd|pre|summary|label|option|text|caption)\b/g, '\n<$1')
    .replace(/<\/(td|th)>/g, ' | ')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/[ |]*\n\s*/g, '\n')
    .trim()

test('what a small page says', async () => {
  await expect(`${readText(auditHtml(auditOf(5), made))}\n`).toMatchFileSnapshot('snapshots/audit-page.txt')
})

test('the policy allows the style and the script of the page, and nothing else', () => {
  const html = auditHtml(auditOf(30), made)
  const hashOf = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const [, style] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? []
  const [, script] = /<script>([\s\S]*?)<\/script>/.exec(html) ?? []
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? []
  expect(policy).toBe(
    `default-src 'none'; img-src data:; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`,
  )
  expect(style?.length).toBeGreaterThan(1000)
  expect(html).not.toMatch(/ style="| on[a-z]+="|https?:|\/\/[a-z]|url\(|@import/)
})

test('a hostile name adds no element and no attribute', () => {
  const tagsOf = (html: string) => (html.match(/<\/?[a-z][^\s>]*/gi) ?? []).toSorted()
  const tame = JSON.parse(JSON.stringify(hostileAudit()).replace(/[<>&'`]|\\"/g, 'x'))
  const hostile = auditHtml(hostileAudit(), made)
  expect(tagsOf(hostile)).toEqual(tagsOf(auditHtml(tame, made)))
  expect(hostile.replaceAll('\n', '')).not.toMatch(/\p{C}/u)
})

test('what was not read is named, and never counts as healthy', () => {
  const audit = auditOf(30)
  const text = readText(auditHtml(audit, made))
  expect(text).toContain('2 of 30 mappings that could be read have errors.')
  expect(text).toContain('Not everything could be read')
  expect(text).toMatch(/444455556666, us-east-1: not read\. .*ListEventSourceMappings was refused/)
})

test('of many mappings the worst are drawn, every one is a mark and a row, and the rest is counted', () => {
  const html = auditHtml(auditOf(1000), made)
  const marks = [...html.matchAll(/<path class="(?:error|warning|unknown|healthy)" d="([^"]*)"/g)]
  const drawn = marks.map(([, path = '']) => path.split('M').length - 1)
  expect(drawn.reduce((sum, count) => sum + count, 0)).toBe(1000)
  expect(html.match(/<tbody id="m/g)).toHaveLength(1000)
  const groups = html.match(/aria-label="[^"]*: Function, /g) ?? []
  expect(groups.length).toBeGreaterThan(3)
  expect(groups.length).toBeLessThan(25)
  expect(readText(html)).toMatch(/^Not drawn: \d+ functions with \d+ mappings, .*All stand in the table\.$/m)
})

test.each([
  ['all healthy', { error: 0, warning: 0, unknown: 0, healthy: 5 }, 'All 5 mappings are healthy.'],
  [
    'one warning',
    { error: 0, warning: 1, unknown: 0, healthy: 4 },
    'No errors; 1 of 5 mappings has a warning.',
  ],
  [
    'some unknown',
    { error: 0, warning: 0, unknown: 2, healthy: 3 },
    'Nothing wrong was seen; 2 of 5 mappings have something unknown.',
  ],
])('the verdict where %s', (_, byHealth, verdict) => {
  const audit = auditOf(5)
  expect(readText(auditHtml({ ...audit, summary: { ...audit.summary, byHealth } }, made))).toContain(verdict)
})

test('an empty world, and a run that came to nothing, are pages too', () => {
  expect(readText(auditHtml(auditOf(0), made))).toContain('There are no mappings here.')
  const failed = readText(failureHtml({ message: 'The profile <dev> is unknown.', hint: 'aws configure' }))
  expect(failed).toBe(
    'sqs-trigger audit\nThere is no audit to show.\nThe profile <dev> is unknown.\naws configure',
  )
})

test('a name is cut where its box ends, whatever its letters are, and stands whole in its title', () => {
  expect(fitted('orders', 17)).toBe('orders')
  expect(fitted('l'.repeat(40), 17)).toBe('l'.repeat(40))
  const wide = fitted('W'.repeat(80), 17)
  expect(wide).toMatch(/^W+…W+$/)
  expect(wide.length).toBeLessThanOrEqual(17)
  const drawn = box({
    ...{ x: 0, y: 0, width: 280, rows: 1, kind: 'Queue', health: 'healthy', find: null, href: null },
    ...{ name: 'W'.repeat(80), note: '' },
  })
  expect(drawn).toMatch(/<title>.*W{80}.*<\/title>/)
  expect(/<text[^>]*>([^<]*)</.exec(drawn)?.[1]?.length).toBeLessThanOrEqual(17)
})
