import type { WireRequest } from '../../operations/requests.js'
import { mappingOptions, mappingSettings } from './mapping-options.js'
import { flag, list, text, type Values } from './options.js'

/** What `preflight` and `wire` share: the settings to judge, and how strictly. */
export const preflightOptions = {
  ...mappingOptions,
  sendTest: flag({
    summary: 'send a test message once it is enabled, and prove its delivery',
    group: 'Message',
  }),
  only: list({
    summary: 'judge this rule only; repeatable',
    group: 'Checks',
    placeholder: 'rule',
    completes: 'rule',
  }),
  ignore: list({
    summary: 'leave out a rule that AWS does not enforce; repeatable',
    group: 'Checks',
    placeholder: 'rule',
    completes: 'rule',
  }),
  fix: flag({
    summary: 'mend what this tool can mend itself; shows each change and asks before it',
    group: 'Behaviour',
  }),
  allowDrift: flag({
    summary: 'with --fix: change also what belongs to a CloudFormation stack',
    group: 'Behaviour',
  }),
} as const

/** Several to a flag, with commas between them. */
const slugsIn = (given: readonly string[]) =>
  given.flatMap((slugs) => slugs.split(',')).filter((slug) => slug !== '')

export const targetPositionals = {
  queue: { summary: 'name, URL or ARN of the queue' },
  function: { summary: 'name, name:alias, partial or full ARN of the function' },
} as const

/** Another way to give them: the function without the queue, or both by variables. */
export const targetOptions = {
  queue: text({ summary: 'the same as the argument [queue]', group: 'Selection', placeholder: 'name' }),
  function: text({ summary: 'the same as the argument [function]', group: 'Selection', placeholder: 'name' }),
} as const

/** Pure: the typed settings as the request of the operation. */
export function preflightRequest(
  values: Values<typeof preflightOptions>,
  target: { readonly queue: string; readonly function: string },
): WireRequest {
  return {
    queue: target.queue,
    function: target.function,
    settings: mappingSettings(values),
    sendTest: values.sendTest,
    ignore: slugsIn(values.ignore),
    only: slugsIn(values.only),
  }
}
