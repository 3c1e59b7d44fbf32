import { readFileSync } from 'node:fs'

/**
 * Of the SDK: `bowser` tells browsers apart; roles are assumed by the client of STS that is there anyway, instead of a
 * second one; nothing here sends or reads a stream of events; and what a service may refuse needs no class for
 * each refusal, because its answer names it and nobody here asks for the class. SQS tells two names, of which the class
 * is one, and STS is asked by the SDK itself, so that theirs stay. `debug` would write on stderr what proxies say. Node
 * has SHA-256 of its own; and of its package.json a client tells nothing but the version.
 * @param {import('esbuild').PluginBuild} context
 */
export function leanSdk(context) {
  context.onResolve({ filter: /^bowser$/ }, () => ({ path: 'bowser', namespace: 'left-out' }))
  context.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
    contents: 'export const parse = () => undefined',
  }))
  context.onResolve({ filter: /^@aws-sdk\/nested-clients\/sts$/ }, ({ kind, resolveDir }) =>
    context.resolve('@aws-sdk/client-sts', { kind, resolveDir }),
  )
  context.onResolve({ filter: /^debug$/ }, () => ({ path: 'debug', namespace: 'silent' }))
  context.onLoad({ filter: /.*/, namespace: 'silent' }, () => ({
    contents: 'export default () => Object.assign(() => {}, { enabled: false })',
  }))
  context.onLoad({ filter: /@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/ }, () => ({
    contents: `export class EventStreamSerde { constructor() { throw new Error('no streams of events here') } }
export const eventStreamSerdeProvider = () => ({})
export const resolveEventStreamSerdeConfig = (config) => config`,
  }))
  context.onLoad({ filter: /@smithy\/core\/dist-es\/submodules\/checksum\/sha256\/Sha256Js\.js$/ }, () => ({
    contents: 'export class Sha256Js { constructor() { throw new Error("this Node has no SHA-256") } }',
  }))
  context.onLoad({ filter: /@aws-sdk\/[^/]+\/package\.json$/ }, ({ path }) => ({
    contents: JSON.stringify({ version: JSON.parse(readFileSync(path, 'utf8')).version }),
    loader: 'json',
  }))
  context.onLoad({ filter: byName }, ({ path }) => ({
    contents: readFileSync(path, 'utf8').replaceAll(/^n0_registry\.registerError\(.*\);$/gm, ''),
  }))
}

const byName =
  /@aws-sdk\/client-(?:lambda|iam|kms|cloudwatch|cloudwatch-logs|cloudformation|resource-groups-tagging-api)\/dist-es\/schemas\/schemas_0\.js$/
