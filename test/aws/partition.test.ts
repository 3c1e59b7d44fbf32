import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { partitionOf } from '../../src/partition.js'
import { knownRegions } from '../../src/regions.js'

/** The SDK's own table, as its file holds it: it is not exported. */
const sdk = readFileSync(
  createRequire(import.meta.url)
    .resolve('@aws-sdk/core')
    .replace(/dist-cjs.*/, 'dist-es/submodules/client/util-endpoints/lib/aws/partitions.js'),
  'utf8',
)

describe('the partition of a Region', () => {
  it.each([
    ['eu-central-1', 'aws', 'amazonaws.com'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
    ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
    ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
    ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
    ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
    ['xx-future-1', 'aws', 'amazonaws.com'],
  ])('%s is %s', (region, name, dnsSuffix) => {
    expect(partitionOf(region)).toEqual({ name, dnsSuffix })
  })

  it('of those that are suggested is open to everybody, and none is missing', () => {
    const entries = sdk.split(/\n {8}\{\n/).slice(1)
    const open = entries.filter((entry) => /"id": "aws(?:-cn|-us-gov|-eusc)?"/.test(entry))
    const regions = open.flatMap((entry) =>
      [...entry.matchAll(/"([a-z]{2,}(?:-[a-z]+)+-\d+)": \{/g)].map(([, region]) => region),
    )
    expect(regions.length).toBeGreaterThan(30)
    expect(new Set(knownRegions)).toEqual(new Set(regions))
    expect(knownRegions).toHaveLength(regions.length)
  })

  it('agrees with the SDK on every Region that the SDK knows', () => {
    const regions = [...sdk.matchAll(/"([a-z]{2,}(?:-[a-z]+)+-\d+)"/g)].map(([, region]) => region ?? '')
    expect(regions.length).toBeGreaterThan(30)
    for (const region of regions) {
      const { name, dnsSuffix } = partitionOf(region)
      // Each partition's entry names its Regions and its suffix.
      expect([region, sdk.includes(dnsSuffix) && sdk.includes(`"${name}"`)]).toEqual([region, true])
    }
  })
})
