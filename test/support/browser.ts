import { existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'
import { findProgram, run } from './run-command.js'

/** Too heavy for `npm ci`, which everybody waits for: installed once, on the first run of the tests that need them. */
const packages = { 'playwright-core': '1.65.1', 'axe-core': '4.14.1', mermaid: '12.3.0' }
const folder = join(import.meta.dirname, '../../node_modules/.cache/in-a-browser')

/** What these tests use of playwright-core, whose types are not here. Scripts are text: they run in the page. */
export interface Tab {
  goto(url: string): Promise<unknown>
  evaluate(script: string): Promise<unknown>
  addScriptTag(from: { path: string }): Promise<unknown>
  emulateMedia(media: { media?: 'print' | 'screen'; colorScheme?: 'light' | 'dark' }): Promise<void>
  setViewportSize(size: { width: number; height: number }): Promise<void>
  screenshot(to: { path: string; fullPage: boolean }): Promise<unknown>
  locator(selector: string): {
    count(): Promise<number>
    click(): Promise<void>
    ariaSnapshot(): Promise<string>
  }
  on(event: 'console', told: (message: { type(): string; text(): string }) => void): void
  on(event: 'pageerror', told: (error: Error) => void): void
  readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> }
}

interface Browser {
  newContext(options: Readonly<Record<string, unknown>>): Promise<{
    newPage(): Promise<Tab>
    grantPermissions(names: readonly string[]): Promise<void>
    close(): Promise<void>
  }>
  close(): Promise<void>
}

const program = (await findProgram('chromium')) ?? (await findProgram('google-chrome'))
const installed = program !== undefined && (await install())

/** false: there is no browser, or no way to drive it. `why` says which. */
export const browsing = {
  possible: installed,
  why: installed
    ? 'found'
    : program === undefined
      ? 'skipped: chromium is not on PATH'
      : 'skipped: playwright-core, axe-core and mermaid could not be installed',
}

/** A file of one of the packages. */
export function packaged(path: string): string {
  return join(folder, 'node_modules', path)
}

async function install(): Promise<boolean> {
  if (Object.keys(packages).every((name) => existsSync(packaged(`${name}/package.json`)))) return true
  mkdirSync(folder, { recursive: true })
  const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`)
  const quiet = ['--no-audit', '--no-fund', '--silent', '--no-save', '--ignore-scripts']
  // It may have to be told where its registry is; without one it shall not try for long.
  const env = { ...process.env, npm_config_fetch_retries: '0', npm_config_fetch_timeout: '60000' }
  const { code } = await run('npm', ['install', '--prefix', folder, ...quiet, ...wanted], { env })
  return code === 0
}

/** Headless; ended by the caller. */
export async function openBrowser(): Promise<Browser> {
  // The path is known only here.
  const { chromium } = (await import(pathToFileURL(packaged('playwright-core/index.mjs')).href)) as {
    chromium: { launch(options: object): Promise<Browser> }
  }
  // Root in a container has no sandbox to run it in, and the page is our own.
  return chromium.launch({ executablePath: program, args: ['--no-sandbox'] })
}

/** A page as a server would hand it out, in a tab; with what was asked of the server, and what went wrong in it. */
export async function openPage(
  browser: Browser,
  html: string,
  options: Readonly<Record<string, unknown>> = {},
) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('content-type', 'text/html')
    response.end(html)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const tab = await context.newPage()
  const troubles: string[] = []
  tab.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  tab.on('pageerror', (error) => troubles.push(error.message))
  onTestFinished(async () => {
    await context.close()
    server.close()
  })
  await tab.goto(`http://127.0.0.1:${port}/`)
  return { tab, asked, troubles }
}
