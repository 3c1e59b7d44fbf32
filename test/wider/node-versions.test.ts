import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { nodeOfVersion } from '../support/node-version.js'
import { bin, cleanEnv, run } from '../support/run-command.js'

/** The built package on every Node that is to run it; the rest of the suite runs on the oldest. */

const handler = join(import.meta.dirname, '../../src/sandbox/demo-handler.mjs')
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))

describe.each([22, 24, 26])('on Node %i', async (major) => {
  const node = await nodeOfVersion(major)
  const skipped = node === undefined ? ` (skipped: Node ${major} cannot be had from the registry)` : ''
  const binary = node ?? ''
  const env = { PATH: `${dirname(binary)}:${cleanEnv.PATH}` }

  test.skipIf(node === undefined)(`--version and --help say what they say on any${skipped}`, async () => {
    const said = await run(binary, [bin, '--version'])
    expect([said.code, said.stdout.trim(), said.stderr]).toEqual([0, version, ''])
    const help = await run(binary, [bin, 'wire', '--help'])
    expect([help.code, help.stderr]).toEqual([0, ''])
    expect(help.stdout).toBe((await run(process.execPath, [bin, 'wire', '--help'])).stdout)
  })

  test.skipIf(node === undefined)(`from wire to a strong proof, handler and all${skipped}`, async () => {
    const seeds = ['--queue', 'orders', '--function', `order-worker=${handler}`]
    const wire = ['wire', 'orders', 'order-worker', '--yes', '--send-test', '--accept-retries', '--json']
    const ran = await run(binary, [bin, 'sandbox', ...seeds, '--', binary, bin, ...wire], { env })
    expect(ran.code, ran.stdout + ran.stderr).toBe(0)
    const document = JSON.parse(ran.stdout)
    expect(document.result).toMatchObject({ mapping: { state: 'Enabled' }, proof: { level: 'strong' } })
    expect(ran.stderr).not.toMatch(/Warning|Deprecation/)
  })

  test.skipIf(node === undefined)(`a preflight gives the document that it gives here${skipped}`, async () => {
    const { env: place } = await startJourney()
    const words = [
      bin,
      'preflight',
      'orders',
      'worker',
      '--json',
      '--query',
      '[exitCode, findings[].[rule, status]]',
    ]
    const [there, here] = [
      await run(binary, words, { env: place }),
      await run(process.execPath, words, { env: place }),
    ]
    expect([there.code, there.stdout, there.stderr]).toEqual([0, here.stdout, here.stderr])
    expect(JSON.parse(there.stdout)[1].length).toBeGreaterThan(5)
  })

  test.skipIf(node === undefined)(`a mistake of ours is told, and ends with 1${skipped}`, async () => {
    const thrown = `process.on('newListener', (name) => name === 'uncaughtException' && setImmediate(() => { throw new Error('stray') }))`
    const words = ['--import', `data:text/javascript,${thrown}`, bin, 'explain', 'no-dead-letter-queue']
    const { code, stderr } = await run(binary, words)
    expect([code, stderr]).toEqual([1, expect.stringContaining('This is a bug in sqs-trigger: stray.')])
  })

  test.skipIf(node === undefined)(`completion prints the same script${skipped}`, async () => {
    const words = [bin, 'completion', 'bash']
    const { code, stdout } = await run(binary, words)
    expect([code, stdout]).toEqual([0, (await run(process.execPath, words)).stdout])
  })
})
