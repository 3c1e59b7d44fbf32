import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditMermaid, failureMermaid } from '../../src/report/mermaid.js'
import { auditOf, hostileAudit, hostileNames, made } from '../report/audit-sample.js'
import { browsing, openBrowser, openPage, packaged } from '../support/browser.js'

describe.skipIf(!browsing.possible)(
  `the chart of an audit, drawn by Mermaid in Chromium (${browsing.why})`,
  () => {
    let browser: Awaited<ReturnType<typeof openBrowser>>
    beforeAll(async () => {
      browser = await openBrowser()
    })
    afterAll(() => browser.close())

    /** With the limits and the safety that Mermaid has by itself, which are those of GitHub. */
    async function drawn(chart: string): Promise<string> {
      const { tab } = await openPage(browser, '<!doctype html><title>chart</title><body></body>')
      await tab.addScriptTag({ path: packaged('mermaid/dist/mermaid.min.js') })
      await tab.evaluate(`mermaid.initialize({ startOnLoad: false })`)
      await tab.evaluate(`mermaid.parse(${JSON.stringify(chart)})`)
      const svg = await tab.evaluate(
        `mermaid.render('chart', ${JSON.stringify(chart)}).then(({ svg }) => svg)`,
      )
      await tab.evaluate(`document.body.innerHTML = ${JSON.stringify(svg)}`)
      expect(await tab.evaluate(`typeof window.entered`)).toBe('undefined')
      expect(await tab.evaluate(`document.body.querySelectorAll('img, script, a').length`)).toBe(0)
      return String(
        await tab.evaluate(
          `[...document.querySelectorAll('.nodeLabel, .node text')].map((one) => one.textContent).join('\\n')`,
        ),
      )
    }

    test('of five mappings, each end once', async () => {
      const words = await drawn(auditMermaid(auditOf(5), made))
      expect(words.match(/orders-worker/g)).toHaveLength(1)
      expect(words.match(/orders-dead-letter/g)).toHaveLength(1)
      expect(words).toContain('orders-bulk')
    })

    test('with hostile names, which are seen as they are', async () => {
      const words = await drawn(auditMermaid(hostileAudit(), made))
      const seen = hostileNames.filter((name) => words.includes(name.slice(0, 12)))
      expect(seen.length).toBeGreaterThanOrEqual(3)
    })

    test('of a thousand, within its limits', async () => {
      expect(await drawn(auditMermaid(auditOf(1000), made))).toContain('Not drawn: ')
    })

    test('of a run that came to nothing', async () => {
      expect(await drawn(failureMermaid({ message: 'No Region is set.' }))).toContain('No Region is set.')
    })

    test('a chart that is none is refused', async () => {
      await expect(drawn('flowchart LR\n  a["b"c"]')).rejects.toThrow(/Parse error/)
    })
  },
)
