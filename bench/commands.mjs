// What single commands ask of AWS, of the disk and of memory: calls, round trips in sequence, bytes, megabytes.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { started } from './started.mjs'

const asRole = 'preflight as an assumed role'
const byDocuments = 'preflight without the simulator'

/** @type {Readonly<Record<string, { atMostCalls?: number, atMostRoundTrips: number } | undefined>>} */
const budgets = {
  preflight: { atMostCalls: 10, atMostRoundTrips: 3 },
  [asRole]: { atMostCalls: 11, atMostRoundTrips: 3 },
  [byDocuments]: { atMostRoundTrips: 4 },
}

/** Added to every call: by how much longer a run takes with the second, its round trips are counted. */
const delaysMs = [100, 500]

export const costed = [
  '--version',
  '--help',
  'preflight',
  'preflight as an assumed role',
  'preflight without the simulator',
  'wire',
  'list',
  'status',
]

/**
 * @param {string} bin
 * @param {Awaited<ReturnType<typeof import('./sandbox.mjs').startBenchSandbox>>} sandbox
 * @param {string} queue a queue that is free
 */
export async function measureCommands(bin, { endpoint, env, controlKey }, queue) {
  const there = ['--endpoint-url', endpoint]
  const others = await otherCallers()
  const preflight = ['preflight', queue, 'bench', ...there]
  /**
   * In this order: what is wired is then listed.
   * @type {[name: string, args: readonly string[], caller?: object][]}
   */
  const words = [
    ['--version', ['--version']],
    ['--help', ['--help']],
    ['preflight', preflight],
    [asRole, preflight, others.role],
    [byDocuments, preflight, others.reader],
    ['wire', ['wire', queue, 'bench', '--yes', ...there]],
    ['list', ['list', ...there]],
    ['status', ['status', queue, 'bench', ...there]],
  ]
  const rows = []
  for (const [name, args, caller] of words) {
    const as = { ...env, ...caller }
    // Once for the page cache; of a wire the mapping is there after it, and has to go.
    await started([bin, ...args], as)
    if (name === 'wire') await unwired()
    await control('DELETE', 'calls')
    const quick = await started([bin, ...args], as)
    const { calls } = await control('GET', 'calls')
    const took = []
    for (const ms of delaysMs) {
      if (name === 'wire') await unwired()
      await control('POST', 'faults', { effect: { kind: 'delay', ms } })
      took.push((await started([bin, ...args], as)).ms)
      await control('DELETE', 'faults')
    }
    const [short = 0, long = 0] = took
    const roundTrips = Math.max(0, Math.round((long - short) / 400))
    const { files, kilobytes, megabytes } = quick
    const ms100 = took[0]
    const budget = budgets[name]
    const { atMostCalls = Number.POSITIVE_INFINITY, atMostRoundTrips = 0 } = budget ?? {}
    const met = budget && calls.length <= atMostCalls && roundTrips <= atMostRoundTrips
    rows.push({ name, calls: calls.length, roundTrips, ms100, files, kilobytes, megabytes, ...budget, met })
  }
  return rows

  /** A session of a role, and a user whom IAM's simulator tells nothing: both may do everything else. */
  async function otherCallers() {
    const all = (/** @type {object} */ what) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Resource: '*', ...what }] })
    const trust = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] })
    const [RoleName, UserName, PolicyName] = ['bench-deployer', 'bench-reader', 'all']
    const notSimulated = all({ NotAction: 'iam:SimulatePrincipalPolicy' })
    /** @type {readonly [operation: string, input: object][]} */
    const iam = [
      ['CreateRole', { RoleName, AssumeRolePolicyDocument }],
      ['PutRolePolicy', { RoleName, PolicyName, PolicyDocument: all({ Action: '*' }) }],
      ['CreateUser', { UserName }],
      ['PutUserPolicy', { UserName, PolicyName, PolicyDocument: notSimulated }],
      ['CreateAccessKey', { UserName }],
    ]
    const steps = iam.map(([operation, input]) => ({ service: 'iam', operation, input }))
    const { outputs } = await control('POST', 'seed', { steps })
    const keys = (/** @type {Record<string, string>} */ { AccessKeyId, SecretAccessKey, SessionToken }) => ({
      AWS_ACCESS_KEY_ID: AccessKeyId,
      AWS_SECRET_ACCESS_KEY: SecretAccessKey,
      ...(SessionToken && { AWS_SESSION_TOKEN: SessionToken }),
    })
    const reader = keys(outputs.at(-1).AccessKey)
    const role = ['--role-arn', outputs[0].Role.Arn, '--role-session-name', 'bench', '--output', 'json']
    const words = ['sts', 'assume-role', ...role, ...there]
    const { stdout } = await promisify(execFile)('aws', words, { env: { ...env, ...reader } })
    return { reader, role: keys(JSON.parse(stdout).Credentials) }
  }

  function unwired() {
    return started([bin, 'unwire', queue, 'bench', '--yes', ...there], env)
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  async function control(method, path, body) {
    const answer = await fetch(`${endpoint}/_sandbox/${path}`, {
      method,
      headers: { 'x-sandbox-key': controlKey },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
}
