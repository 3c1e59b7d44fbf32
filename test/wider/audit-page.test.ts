import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditHtml } from '../../src/report/html.js'
import { auditOf, hostileAudit, hostileNames, made } from '../report/audit-sample.js'
import { buildBigWorld } from '../support/big-world.js'
import { browsing, openBrowser, openPage, packaged, type Tab } from '../support/browser.js'
import { sqsTrigger } from '../support/run-command.js'
import { startTestSandbox } from '../support/sandbox.js'

/** What stands in the table, from the top; only what is shown. */
const shownNames = `[...document.querySelectorAll('.mappings tbody')].filter((body) => body.checkVisibility()).map((body) => body.rows[0].cells[1].textContent)`
const countText = `document.querySelector('.shown').textContent`
const focused = `document.activeElement.textContent || document.activeElement.getAttribute('type') || document.activeElement.getAttribute('data-by')`

describe.skipIf(!browsing.possible)(`the page of an audit in Chromium (${browsing.why})`, () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())
  const open = (count: number, options = {}) => openPage(browser, auditHtml(auditOf(count), made), options)

  test('asks nothing of anybody, and nothing goes wrong in it', async () => {
    const { tab, asked, troubles } = await open(30)
    await tab.locator('.mappings details summary >> nth=0').click()
    await tab.evaluate(`document.fonts.ready`)
    expect(await tab.evaluate(`performance.getEntriesByType('resource').map(({ name }) => name)`)).toEqual([])
    expect(asked).toEqual(['/'])
    expect(troubles).toEqual([])
  })

  test('of a run of the command: the same, and axe finds nothing', async () => {
    const sandbox = await startTestSandbox()
    await buildBigWorld(sandbox, { mappings: 60, functions: 12, roles: 5, faulty: true })
    const { accessKeyId, secretAccessKey } = sandbox.adminCredentials
    const env = {
      AWS_ENDPOINT_URL: sandbox.endpoint,
      AWS_REGION: sandbox.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    }
    const { code, stdout, stderr } = await sqsTrigger(['audit', '--output', 'html'], { env })
    expect(code, stderr).toBe(3)
    const { tab, troubles } = await openPage(browser, stdout, { bypassCSP: true })
    expect(await tab.evaluate(`document.querySelector('h1').textContent`)).toMatch(
      /^\d+ of 61 mappings have errors\.$/,
    )
    expect(await tab.evaluate(`${shownNames}.length`)).toBe(50)
    expect(await violations(tab)).toEqual([])
    expect(troubles).toEqual([])
  })

  test('lets no other script run, and nothing be loaded, even if a name became markup', async () => {
    const { tab, troubles } = await open(5)
    const load = `const image = new Image(); image.src = 'http://127.0.0.1:9/x'; document.body.append(image)`
    const start = `const script = document.createElement('script'); script.textContent = 'window.entered = 1'; document.body.append(script)`
    await tab.evaluate(`${load}; ${start}; undefined`)
    expect(
      await tab.evaluate(
        `document.body.insertAdjacentHTML('beforeend', '<p onclick="window.entered = 1" id="trap">'); document.getElementById('trap').click(); typeof window.entered`,
      ),
    ).toBe('undefined')
    expect(troubles.filter((text) => text.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(
      3,
    )
  })

  test('hostile names are text, and what hides in them is seen', async () => {
    const { tab, asked, troubles } = await openPage(browser, auditHtml(hostileAudit(), made))
    expect(await tab.evaluate(`typeof window.entered`)).toBe('undefined')
    const strange = `document.querySelectorAll('img, iframe, object, [onerror], [onload], [style], script:not(:last-child), base, style ~ style').length`
    expect(await tab.evaluate(strange)).toBe(0)
    const text = String(await tab.evaluate(`document.body.textContent`))
    for (const name of hostileNames.filter((one) => one.includes('<'))) expect(text).toContain(name)
    expect(text).toContain('\\u202e')
    expect([...text].filter((character) => character !== '\n' && /\p{C}/u.test(character))).toEqual([])
    expect(asked).toEqual(['/'])
    expect(troubles).toEqual([])
  })

  test('by keyboard alone: skip the pictures, find, choose, sort, open, copy', async () => {
    const { tab } = await open(200)
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await tab.keyboard.press(key)
    }
    await press('Tab')
    expect(await tab.evaluate(focused)).toBe('Skip to the mappings')
    await press('Enter', 'Tab')
    expect(await tab.evaluate(focused)).toBe('search')
    await tab.keyboard.type('payments WORKER')
    const all = auditOf(200).mappings
    const wanted = all.filter(({ mapping }) => mapping.functionArn.includes(':payments-worker'))
    expect(await tab.evaluate(countText)).toBe(`${wanted.length} of 200 mappings.`)
    await press('Tab')
    expect(await tab.evaluate(`document.activeElement.dataset.by`)).toBe('health')
    await tab.keyboard.type('Heal')
    const healthy = wanted.filter(({ health }) => health === 'healthy')
    expect(healthy.length).toBeLessThan(wanted.length)
    expect(await tab.evaluate(countText)).toBe(`${healthy.length} of 200 mappings.`)
    await press('Tab', 'Tab', 'Tab', 'Tab')
    expect(await tab.evaluate(focused)).toBe('Clear')
    await press('Enter')
    expect(await tab.evaluate(`${countText}`)).toBe('200 mappings; the first 50 are shown.')
    await press('Tab', 'Tab')
    expect(await tab.evaluate(focused)).toBe('Queue')
    await press('Enter')
    const names = all.map(({ mapping }) => mapping.queueArn.split(':').at(-1) ?? '')
    const inOrder = names.toSorted(new Intl.Collator('en', { numeric: true }).compare)
    expect(await tab.evaluate(shownNames)).toEqual(inOrder.slice(0, 50))
    expect(
      await tab.evaluate(
        `document.querySelector('[aria-sort]').ariaSort + document.querySelectorAll('[aria-sort]').length`,
      ),
    ).toBe('ascending1')
    await press('Enter')
    expect(await tab.evaluate(`${shownNames}[0]`)).toBe(inOrder.at(-1))
    expect(await tab.evaluate(`document.querySelector('[aria-sort]').ariaSort`)).toBe('descending')
    // On to the first row, past the other columns.
    for (let step = 0; (await tab.evaluate(`document.activeElement.tagName`)) !== 'SUMMARY'; step += 1) {
      expect(step).toBeLessThan(9)
      await press('Tab')
    }
    await press('Enter')
    expect(await tab.evaluate(`document.activeElement.parentElement.open`)).toBe(true)
  })

  test('the command of a fix is copied as it stands, and that is said', async () => {
    const { tab } = await open(5)
    await tab.locator('.mappings details summary >> nth=0').click()
    const command = await tab.evaluate(`document.querySelector('.finding pre code').textContent`)
    await tab.locator('.finding pre button >> nth=0').click()
    expect(await tab.evaluate(`navigator.clipboard.readText()`)).toBe(command)
    expect(
      await tab.evaluate(`[...document.querySelectorAll('[role=status]')].map((one) => one.textContent)`),
    ).toContain('Copied')
  })

  test('a thing in the picture, and a rule, lead to what the table says of it', async () => {
    const { tab } = await open(30)
    await tab.locator('.wiring a[aria-label^="payments-bulk "]').click()
    expect(await tab.evaluate(shownNames)).toEqual(['payments-bulk'])
    await tab.locator('.rules a >> nth=0').click()
    expect(await tab.evaluate(`${shownNames}.length`)).toBe(auditOf(30).summary.rules[0]?.mappings)
  })

  test.each(['light', 'dark'] as const)('%s: axe finds nothing, wide and narrow', async (colorScheme) => {
    const { tab } = await open(60, { colorScheme, bypassCSP: true })
    await tab.locator('.mappings details summary >> nth=0').click()
    await tab.evaluate(
      `document.querySelectorAll('details').forEach((one, index) => { one.open = index < 5 || index > 55 })`,
    )
    for (const width of [1280, 400]) {
      await tab.setViewportSize({ width, height: 900 })
      expect(await violations(tab)).toEqual([])
      expect(await tab.evaluate(`document.documentElement.scrollWidth - innerWidth`)).toBe(0)
    }
  })

  test('what a screen reader is given', async () => {
    const { tab } = await open(5)
    const tree = await tab.locator('html').ariaSnapshot()
    for (const part of [
      '- banner:',
      '- heading "1 of 5 mappings has an error." [level=1]',
      '- main:',
      '- contentinfo:',
      '- search "Filter the mappings":',
      '- searchbox "Find"',
      '- combobox "Severity"',
      '- columnheader "Severity"',
      'link "orders empty: Queue, Error"',
      '- status: 5 mappings.',
    ]) {
      expect(tree).toContain(part)
    }
  })

  // A machine that is busy with other things may need a second try.
  test('1,000 mappings are filtered and sorted without lag', { retry: 2 }, async ({ annotate }) => {
    const { tab } = await open(1000)
    const filters = await timesOf(
      tab,
      `input.value = ['pay', 'orders', '', 'role-lacks', 'bulk-3', 'e'][turn % 6]; input.dispatchEvent(new Event('input', { bubbles: true }))`,
    )
    const sorts = await timesOf(tab, `document.querySelectorAll('.mappings th button')[1 + turn % 4].click()`)
    await annotate(
      `1,000 mappings: filter ${median(filters)} ms, at most ${Math.max(...filters)}; sort ${median(sorts)} ms`,
    )
    expect(median(filters)).toBeLessThan(100)
    expect(median(sorts)).toBeLessThan(300)
  })

  test('without JavaScript it is a plain table of everything', async () => {
    const { tab, troubles } = await open(1000, { javaScriptEnabled: false })
    expect(await tab.locator('.mappings tbody:visible').count()).toBe(1000)
    expect(await tab.locator('.filters:visible, .rest:visible, button:visible').count()).toBe(0)
    await tab.locator('.mappings details summary >> nth=0').click()
    expect(await tab.locator('.mappings details[open] .finding:visible').count()).toBe(3)
    expect(troubles).toEqual([])
  })

  test('on paper stands everything that was chosen, its findings open', async () => {
    const { tab } = await open(300)
    await tab.emulateMedia({ media: 'print' })
    await tab.evaluate(`dispatchEvent(new Event('beforeprint'))`)
    expect(await tab.evaluate(`${shownNames}.length`)).toBe(300)
    const closed = `[...document.querySelectorAll('.mappings details:not([open])')].filter((one) => one.querySelector('.finding')).length`
    expect(await tab.evaluate(closed)).toBe(0)
    expect(await tab.locator('.filters:visible').count()).toBe(0)
  })
})

/** What axe objects to, each with where. */
async function violations(tab: Tab): Promise<unknown> {
  await tab.addScriptTag({ path: packaged('axe-core/axe.min.js') })
  const tags = `['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']`
  const told = `violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html))`
  return tab.evaluate(`axe.run({ runOnly: ${tags} }).then(({ violations }) => ${told})`)
}

/** Milliseconds of each of 25 turns, up to the layout that follows. */
async function timesOf(tab: Tab, act: string): Promise<readonly number[]> {
  const measured = `(() => {
    const input = document.querySelector('.filters input')
    return Array.from({ length: 25 }, (_, turn) => {
      const start = performance.now()
      ${act}
      document.body.getBoundingClientRect()
      return Math.round((performance.now() - start) * 10) / 10
    })
  })()`
  return (await tab.evaluate(measured)) as number[]
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0
