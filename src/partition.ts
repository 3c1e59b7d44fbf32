/** A group of Regions with its own ARNs and host names. */
export interface Partition {
  readonly name: string
  readonly dnsSuffix: string
}

/** By prefix of the Region's name, longest first. A test compares this with the SDK's own data. */
const partitions: readonly (readonly [prefix: string, partition: Partition])[] = [
  ['us-gov-', { name: 'aws-us-gov', dnsSuffix: 'amazonaws.com' }],
  ['us-isob-', { name: 'aws-iso-b', dnsSuffix: 'sc2s.sgov.gov' }],
  ['us-isof-', { name: 'aws-iso-f', dnsSuffix: 'csp.hci.ic.gov' }],
  ['eu-isoe-', { name: 'aws-iso-e', dnsSuffix: 'cloud.adc-e.uk' }],
  ['us-iso-', { name: 'aws-iso', dnsSuffix: 'c2s.ic.gov' }],
  ['eusc-', { name: 'aws-eusc', dnsSuffix: 'amazonaws.eu' }],
  ['cn-', { name: 'aws-cn', dnsSuffix: 'amazonaws.com.cn' }],
]

const commercial: Partition = { name: 'aws', dnsSuffix: 'amazonaws.com' }

/** The partition that a Region belongs to; a Region of an unknown form counts as commercial. */
export function partitionOf(region: string): Partition {
  return partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? commercial
}
