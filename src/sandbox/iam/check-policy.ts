import { type Policy, parsePolicy } from '../../permissions/policy-document.js'
import { AwsFault } from '../aws-fault.js'
import { parseJson } from './json-text.js'

/** Where a policy is put decides whether its statements name principals and resources. */
export type PolicyPlace = 'identity' | 'resource' | 'trust'

/** Refuses what IAM would not store. Only the text for what is no JSON at all is recorded. */
export function checkPolicy(text: string, place: PolicyPlace): void {
  if (typeof parseJson(text) !== 'object') {
    throw new AwsFault('MalformedPolicyDocument', 'This policy contains invalid Json')
  }
  const problem = policyProblem(text, place)
  if (problem !== undefined) {
    throw new AwsFault('MalformedPolicyDocument', `Syntax errors in policy: ${problem}.`, { recorded: false })
  }
}

/** Why the text cannot stand as a policy in this place; undefined when it can. */
export function policyProblem(text: string, place: PolicyPlace): string | undefined {
  const policy = parsePolicy(text)
  return 'problem' in policy ? policy.problem : misplaced(policy, place)
}

function misplaced({ statements }: Policy, place: PolicyPlace): string | undefined {
  for (const { index, principal, resource } of statements) {
    if ((principal !== undefined) !== (place !== 'identity')) {
      return `statement ${index} has ${principal === undefined ? 'no' : 'a'} Principal`
    }
    if ((resource !== undefined) !== (place !== 'trust')) {
      return `statement ${index} has ${resource === undefined ? 'no' : 'a'} Resource`
    }
  }
  return undefined
}
