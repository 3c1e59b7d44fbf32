import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { regions } from '../../src/regions.js'

test('the Regions are those that the SDK knows', () => {
  const sdk = readFileSync(
    createRequire(import.meta.url)
      .resolve('@aws-sdk/core')
      .replace(/dist-cjs.*/, 'dist-es/submodules/client/util-endpoints/lib/aws/partitions.js'),
    'utf8',
  )
  const known = [...sdk.matchAll(/"([a-z]{2,}(?:-[a-z]+)+-\d+)": \{\s*"description": "([^"]+)"/g)]
  expect(known.length).toBeGreaterThan(30)
  expect(regions).toEqual(known.map(([, name, place]) => [name, place]))
})
