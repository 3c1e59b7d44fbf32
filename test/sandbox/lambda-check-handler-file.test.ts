import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkHandlerFile } from '../../src/sandbox/lambda/check-handler-file.js'

function fileWith(name: string, source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, name)
  writeFileSync(file, source)
  return file
}

test.each([
  ['handler.mjs', 'export const handler = async () => 1'],
  ['handler.cjs', 'exports.handler = async () => 1'],
  ['throws.mjs', 'import "left-pad"; throw new Error("when it runs")'],
])('%s can be read', async (name, source) => {
  expect(await checkHandlerFile(fileWith(name, source))).toBeUndefined()
})

test.each([
  ['broken.mjs', '\nexport const handler = ('],
  ['broken.cjs', '\nexports.handler = ('],
])('%s cannot, and the answer says where and why', async (name, source) => {
  const told = await checkHandlerFile(fileWith(name, source))
  expect(told).toContain(`${name}:2`)
  expect(told).toMatch(/SyntaxError: /)
  expect(told).not.toMatch(/\n\s+at /)
})
