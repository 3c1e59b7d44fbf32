import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { addFunctionFromFile } from '../../sandbox/lambda/function-from-file.js'
import { executionRoleSeed, pollingPolicySeed, queueSeed } from '../../sandbox/seeds.js'
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.js'
import { awsDelays, quickDelays } from '../../sandbox/world.js'
import type { CommandContext } from '../command-context.js'
import { defineCommand } from '../define-command.js'
import { flag, integer, list } from '../options.js'
import { insideSandbox, sandboxEnvironment } from '../sandbox-environment.js'
import { usageError } from '../usage-error.js'

export default defineCommand({
  name: 'sandbox',
  summary: 'Serve a local AWS for your own tools, or run a command inside it',
  description:
    'SQS, Lambda with event source mappings, IAM, STS, KMS and CloudWatch Logs on 127.0.0.1, for unmodified SDKs ' +
    'and aws-cli. It refuses what AWS refuses and runs your handler. With -- it runs one command inside and ends ' +
    'with it; without, it serves until Ctrl-C. Nothing is kept.',
  positionals: {},
  rest: { name: 'command', summary: 'a command to run inside the sandbox' },
  options: {
    port: integer({
      summary: 'port to listen on (default: any free one)',
      min: 1,
      max: 65535,
      group: 'Sandbox',
    }),
    queue: list({
      summary: 'make this queue; .fifo at the end makes it FIFO',
      placeholder: 'name',
      group: 'Sandbox',
    }),
    function: list({
      summary: 'make this function from a handler file, with a role that may poll every queue',
      placeholder: 'name=file',
      group: 'Sandbox',
    }),
    slow: flag({ summary: "take AWS's real time for state changes", group: 'Sandbox' }),
    instant: flag({ summary: 'let state changes take no time at all', group: 'Sandbox' }),
  },
  examples: [
    {
      command: 'sqs-trigger sandbox --queue orders --function worker=./handler.mjs',
      does: 'serve until Ctrl-C',
    },
    {
      command:
        'sqs-trigger sandbox --queue orders --function worker=./handler.mjs -- sqs-trigger wire orders worker --yes',
      does: 'wire inside a sandbox of its own',
    },
    { command: 'sqs-trigger sandbox -- npm test', does: 'run your own tests against it' },
  ],
  exitCodes: ['FAILED'],
  local: true,
  formats: ['text', 'ndjson'],
  async run({ values, rest }, context) {
    if (values.slow && values.instant)
      throw usageError('--slow and --instant contradict each other', 'give one of them')
    const functions = values.function.map(readFunction)
    const sandbox = await startSandbox({
      ...(values.port === undefined ? {} : { port: values.port }),
      ...(context.globals.region === undefined ? {} : { region: context.globals.region }),
      delays: values.slow ? awsDelays : values.instant ? instantDelays : quickDelays,
    })
    try {
      await furnish(sandbox, values.queue, functions)
      if (rest.length > 0)
        return { kind: 'said', lines: [], exitCode: await runInside(sandbox, rest, context) }
      announce(sandbox, values.queue, functions, context)
      await stopped(context.signal)
      return { kind: 'said', lines: [] }
    } finally {
      await sandbox.stop()
    }
  },
})

const instantDelays = { ...quickDelays, mappingTransition: 0, mappingDeletion: 0 }

interface FunctionFile {
  readonly name: string
  readonly file: string
}

function readFunction(text: string): FunctionFile {
  const at = text.indexOf('=')
  const name = text.slice(0, at)
  const file = resolve(text.slice(at + 1))
  if (at < 1 || !/^[A-Za-z0-9-_]{1,64}$/.test(name)) {
    throw usageError(
      `--function takes name=file, not "${text}"`,
      'for example: --function worker=./handler.mjs',
    )
  }
  if (!existsSync(file)) throw usageError(`--function ${name}: there is no file ${file}`)
  return { name, file }
}

async function furnish(sandbox: Sandbox, queues: readonly string[], functions: readonly FunctionFile[]) {
  const { world, region } = sandbox
  await sandbox.seed(queues.map((name) => queueSeed({ name })))
  for (const { name, file } of functions) {
    const role = `${name}-role`.slice(-64)
    await sandbox.seed([executionRoleSeed(role), pollingPolicySeed(role, world.partition)])
    const roleArn = `arn:${world.partition}:iam::${world.account}:role/${role}`
    addFunctionFromFile(world, { name, file, roleArn, region })
  }
}

/** Says where it is and how to use it: text for people, one JSON line for programs. */
function announce(
  sandbox: Sandbox,
  queueNames: readonly string[],
  functions: readonly FunctionFile[],
  { streams, globals }: CommandContext,
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
  const lines = [
    `A local AWS answers at ${endpoint}. It is not AWS: nothing costs money, nothing is kept.`,
    '',
    ...queues.map(({ url }) => `queue     ${url}`),
    ...functions.map(({ name, file }) => `function  ${name}  ${file}`),
    ...(queues.length + functions.length > 0 ? [''] : []),
    'In another terminal:',
    ...Object.entries(environment).map(([name, value]) => `  export ${name}=${value}`),
    `  aws sqs list-queues --endpoint-url ${endpoint}`,
    '',
    `Control (clock, faults, calls): ${endpoint}/_sandbox/ with the header`,
    `  x-sandbox-key: ${sandbox.controlKey}`,
    'Stop it with Ctrl-C.',
  ]
  streams.stdout.write(`${lines.join('\n')}\n`)
}

/** Runs the command with its own input and output; a command that is this tool need not be installed. */
function runInside(sandbox: Sandbox, [program = '', ...args]: readonly string[], context: CommandContext) {
  const own = program === 'sqs-trigger' ? context.host.self : undefined
  const [command, ...before] = own ?? [program]
  const env = insideSandbox(context.host.env, sandbox)
  return new Promise<number>((settle, reject) => {
    const child = spawn(command ?? program, [...before, ...args], { env, stdio: 'inherit' })
    // Ctrl-C reaches the child through the terminal; SIGTERM is ours alone.
    context.signal.addEventListener('abort', () => child.kill('SIGTERM'))
    child.on('error', (error) => reject(usageError(`${program} cannot be run: ${error.message}`)))
    child.on('close', (code, signal) => settle(code ?? (signal === 'SIGINT' ? 130 : 143)))
  })
}

const stopped = (signal: AbortSignal) =>
  new Promise<void>((settle) => {
    if (signal.aborted) settle()
    signal.addEventListener('abort', () => settle(), { once: true })
  })
