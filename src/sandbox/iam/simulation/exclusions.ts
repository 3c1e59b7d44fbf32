import type { RawInput } from '../../raw-input.js'
import { objectList, optionalText } from '../input.js'
import type { HeldPolicy } from '../policy-layers.js'
import { invalidInput } from './read-request.js'

/** What PolicyExclusionList leaves out of a simulation. Identifiers that match nothing are ignored, as in AWS. */
export interface Exclusions {
  readonly boundary: boolean
  excludes(policy: HeldPolicy): boolean
}

const policyTypes = ['inline', 'aws-managed', 'user-managed', 'permission-boundary', 'scp', 'rcp']

export function readExclusions(raw: RawInput): Exclusions {
  const identifiers = objectList(raw, 'PolicyExclusionList')
  const types = identifiers.flatMap((identifier) => optionalText(identifier, 'PolicyType') ?? [])
  const unknownType = types.find((type) => !policyTypes.includes(type))
  if (unknownType !== undefined) throw invalidInput(`Invalid policy type: ${unknownType}.`, false)
  const arns = identifiers.flatMap((identifier) => optionalText(identifier, 'PolicyArn') ?? [])
  const inline = identifiers.flatMap((identifier) =>
    objectList({ list: [identifier.InlinePolicyIdentifier] }, 'list'),
  )
  return {
    boundary: types.includes('permission-boundary'),
    excludes: (policy) =>
      types.includes(policy.kind) ||
      arns.some((arn) => matches(arn, policy.name)) ||
      (policy.kind === 'inline' &&
        inline.some(
          (identifier) =>
            optionalText(identifier, 'PolicyName') === policy.label &&
            matches(optionalText(identifier, 'AttachmentName') ?? '*', policy.holder),
        )),
  }
}

/** `*` stands for any characters, `?` for one. */
function matches(pattern: string, text: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')
  return new RegExp(`^${escaped}$`).test(text)
}
