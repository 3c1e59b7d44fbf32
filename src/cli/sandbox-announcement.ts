import { fill, openPage } from '../report/page.js'
import { plainPalette } from '../report/palette.js'
import type { CommandContext } from './command-context.js'
import { type SandboxAddress, sandboxEnvironment } from './sandbox-environment.js'

/** What is served, as far as it is told. */
interface Served extends SandboxAddress {
  readonly controlKey: string
  readonly world: { readonly account: string; readonly partition: string }
}

/** Says where it is and how to use it: text for people, one JSON line for programs. */
export function announce(
  sandbox: Served,
  queueNames: readonly string[],
  functions: readonly { readonly name: string; readonly file: string }[],
  { streams, globals }: Pick<CommandContext, 'streams' | 'globals'>,
): void {
  const environment = sandboxEnvironment(sandbox)
  const { world, endpoint, region } = sandbox
  const queues = queueNames.map((name) => ({
    name,
    url: `${endpoint}/${world.account}/${name}`,
    arn: `arn:${world.partition}:sqs:${region}:${world.account}:${name}`,
  }))
  if (globals.output === 'ndjson') {
    const ready = { type: 'ready', endpoint, controlKey: sandbox.controlKey, environment, queues, functions }
    streams.stdout.write(`${JSON.stringify(ready)}\n`)
    return
  }
  const page = openPage(streams.stdout.columns, streams.stdout.unicode, plainPalette)
  const lines = [
    `A local AWS answers at ${endpoint}.`,
    ...fill(page, 'It is not AWS: nothing costs money, and nothing is kept.'),
    '',
    ...queues.map(({ url }) => `queue     ${url}`),
    ...functions.map(({ name, file }) => `function  ${name}  ${file}`),
    ...(queues.length + functions.length > 0 ? [''] : []),
    'In another terminal:',
    ...Object.entries(environment).map(([name, value]) => `  export ${name}=${value}`),
    `  aws sqs list-queues --endpoint-url ${endpoint}`,
    '',
    ...fill(page, `Control (clock, faults, calls): ${endpoint}/_sandbox/ with the header`),
    `  x-sandbox-key: ${sandbox.controlKey}`,
    'Stop it with Ctrl-C.',
  ]
  streams.stdout.write(`${lines.join('\n')}\n`)
}
