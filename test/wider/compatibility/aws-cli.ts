import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Service } from '../../../src/sandbox/define-action.js'
import type { Sandbox } from '../../../src/sandbox/start-sandbox.js'
import { cleanEnv } from '../../support/run-command.js'
import type { Members, Outcome, Step } from './step.js'

export interface AwsCli {
  call(step: Step, input: Members, sandbox: Sandbox): Promise<Outcome & Checked>
  stop(): void
}

interface Checked {
  /** Where the raw answer is not as botocore's model of the output says. */
  readonly differences: readonly string[]
}

/** What one run of aws-cli left behind, as `aws-cli.py` tells it. */
interface Run extends Checked {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Why aws-cli cannot be had here, or undefined. It has to be one that the Python on PATH can import, as pip installs it. */
export function cliMissing(): string | undefined {
  const probe = spawnSync('python3', ['-c', 'import awscli, botocore'], { timeout: 30_000 })
  return probe.status === 0 ? undefined : 'skipped: python3 finds no aws-cli to import'
}

/** One process for many commands, one after the other: starting aws-cli takes longer than what is asked of it. */
export function startAwsCli(): AwsCli {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-aws-cli-'))
  writeFileSync(join(folder, 'config'), '[default]\ncli_timestamp_format = iso8601\n')
  const child = spawn('python3', [join(import.meta.dirname, 'aws-cli.py')], {
    env: { ...cleanEnv, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const payload = join(folder, 'payload')

  async function run(command: object): Promise<Run> {
    child.stdin.write(`${JSON.stringify(command)}\n`)
    const { value, done } = await lines.next()
    if (done) throw new Error(`aws-cli ended at ${JSON.stringify(command)}`)
    return JSON.parse(value)
  }

  return {
    call: async ({ service, operation, as }, input, sandbox) => {
      const { code, stdout, stderr, differences } = await run({
        service: cliNames[service] ?? service,
        operation,
        arguments: [
          ...(operation === 'Invoke' ? [...flagsOf(input), payload] : jsonOf(input)),
          ...fileArguments(input, folder),
          ...['--endpoint-url', sandbox.endpoint, '--output', 'json', '--no-paginate'],
        ],
        env: {
          AWS_ACCESS_KEY_ID: as ?? sandbox.adminCredentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: sandbox.adminCredentials.secretAccessKey,
          AWS_DEFAULT_REGION: sandbox.region,
          AWS_MAX_ATTEMPTS: '1',
          AWS_CONFIG_FILE: join(folder, 'config'),
        },
      })
      if (code !== 0) return { error: readError(stderr), differences }
      const printed = stdout.trim() === '' ? {} : JSON.parse(stdout, readTime)
      const written = operation === 'Invoke' ? readFileSync(payload, 'utf8') : ''
      const answer = written === '' ? printed : { ...printed, Payload: written }
      return { answer, differences }
    },
    stop: () => {
      child.stdin.end()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Where aws-cli calls a service otherwise than IAM does. */
const cliNames: Partial<Record<Service, string>> = { tag: 'resourcegroupstaggingapi' }

/** aws-cli takes bytes from files: `--zip-file fileb://…`, and `--code` of a function as a member of it. */
function fileArguments(input: Members, folder: string): readonly string[] {
  const code = input.Code
  const bytes =
    input.ZipFile ?? (typeof code === 'object' && code && 'ZipFile' in code ? code.ZipFile : undefined)
  const given = bytes instanceof Uint8Array ? { flag: '--zip-file', bytes } : undefined
  const sent = input.Payload instanceof Uint8Array ? { flag: '--payload', bytes: input.Payload } : undefined
  return [given, sent].flatMap((one) => {
    if (!one) return []
    const file = join(folder, one.flag.slice(2))
    writeFileSync(file, one.bytes)
    return [one.flag, `fileb://${file}`]
  })
}

const jsonOf = (input: Members) => ['--cli-input-json', JSON.stringify(input, withoutBytes)]

/** Commands that write their answer to a file take no JSON. */
const flagsOf = (input: Members) =>
  Object.entries(input)
    .filter(([, value]) => typeof value === 'string')
    .flatMap(([name, value]) => [
      name
        .replaceAll(/\B[A-Z]/g, '-$&')
        .toLowerCase()
        .replace(/^/, '--'),
      String(value),
    ])

const withoutBytes = (_: string, value: unknown) => (value instanceof Uint8Array ? undefined : value)

function readError(stderr: string) {
  const [, code, message] =
    /An error occurred \((.+?)\) when calling the \w+ operation(?: \(reached max retries: \d+\))?: (.*)/s.exec(
      stderr,
    ) ?? []
  return { code: code ?? 'not from AWS', message: (message ?? stderr).trimEnd() }
}

/** aws-cli was told to print times in ISO 8601. Texts of AWS that look alike have no colon in their zone. */
function readTime(_: string, value: unknown): unknown {
  const time = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/.test(value)
  return time ? new Date(value) : value
}
