import type { WireRequest } from '../operations/requests.js'
import { mappingOptions, mappingSettings } from './mapping-options.js'
import { choice, flag, list, type Values } from './options.js'

/** What `preflight` and `wire` share: the settings to judge, and how strictly. */
export const preflightOptions = {
  ...mappingOptions,
  sendTest: flag({
    summary: 'send a test message once it is enabled, and prove its delivery',
    group: 'Message',
  }),
  failOn: choice(['error', 'warning'], {
    summary: 'findings that stop it (default error)',
    group: 'Behaviour',
  }),
  ignore: list({
    summary: 'leave out a rule that AWS does not enforce; repeatable',
    group: 'Behaviour',
    placeholder: 'rule',
  }),
} as const

export const targetPositionals = {
  queue: { summary: 'name, URL or ARN of the queue' },
  function: { summary: 'name, name:alias, partial or full ARN of the function' },
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
    ignore: values.ignore.flatMap((slugs) => slugs.split(',')).filter((slug) => slug !== ''),
  }
}
