import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readCaller } from '../../src/aws/caller-identity.js'
import { type ConnectionSettings, createClients } from '../../src/aws/clients.js'
import { localProxy, ownAuthority, tlsFront } from '../support/own-authority.js'
import { findProgram, sqsTrigger } from '../support/run-command.js'
import { startTestSandbox } from '../support/sandbox.js'

const account = '111122223333'
const role = `arn:aws:iam::${account}:role/deployer`

/** A sandbox with a role that its developer may assume, and a configuration with a profile for each source. */
async function startPlace() {
  const sandbox = await startTestSandbox({ account, startAt: Date.now() })
  const developer = `arn:aws:iam::${account}:user/developer`
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: developer }, Action: 'sts:AssumeRole' }],
  }
  const input = { RoleName: 'deployer', AssumeRolePolicyDocument: JSON.stringify(trust) }
  await sandbox.seed([{ service: 'iam', operation: 'CreateRole', input }])
  const home = mkdtempSync(join(tmpdir(), 'sqs-trigger-home-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const { accessKeyId, secretAccessKey } = sandbox.credentials
  const keys = JSON.stringify({ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey })
  const script = join(home, 'credentials.mjs')
  writeFileSync(
    script,
    `if (process.argv[2] === 'good') console.log(${JSON.stringify(keys)})
else { console.error('the vault is locked'); process.exit(1) }\n`,
  )
  const configFile = join(home, 'config')
  writeFileSync(
    configFile,
    `[profile keys]
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}
[profile role]
role_arn = ${role}
source_profile = keys
role_session_name = someone
[profile mfa]
role_arn = ${role}
source_profile = keys
mfa_serial = arn:aws:iam::${account}:mfa/someone
[profile from-environment]
role_arn = ${role}
credential_source = Environment
[profile process]
credential_process = ${process.execPath} ${script} good
[profile locked]
credential_process = ${process.execPath} ${script} bad --token not-to-be-shown
[profile sso]
sso_session = corp
sso_account_id = ${account}
sso_role_name = Developer
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.awsapps.com/start
`,
  )
  const env = {
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: sandbox.endpoint,
  }
  const caller = async (settings: Partial<ConnectionSettings>) => {
    const clients = await createClients({ ...settings, env: { ...env, ...settings.env } })
    return (await readCaller(clients)).arn
  }
  return { sandbox, home, env, caller, keys: { accessKeyId, secretAccessKey } }
}

const assumed = new RegExp(`^arn:aws:sts::${account}:assumed-role/deployer/`)

test('a profile with keys', async () => {
  const { caller } = await startPlace()
  expect(await caller({ profile: 'keys' })).toMatch(/:user\/developer$/)
})

test('a profile with a role: STS is asked at the endpoint that everything goes to, and once', async () => {
  const { sandbox, env, caller } = await startPlace()
  expect(await caller({ profile: 'role' })).toBe(`arn:aws:sts::${account}:assumed-role/deployer/someone`)
  const flag = { endpointUrl: sandbox.endpoint, env: { AWS_ENDPOINT_URL: '' } }
  expect(await caller({ profile: 'role', ...flag })).toMatch(assumed)
  const before = sandbox.calls().length
  const clients = await createClients({ profile: 'role', env })
  await Promise.all([
    readCaller(clients),
    clients.sqs.config.credentials(),
    clients.lambda.config.credentials(),
  ])
  const operations = sandbox
    .calls()
    .slice(before)
    .map(({ operation }) => operation)
  expect(operations.filter((operation) => operation === 'AssumeRole')).toHaveLength(1)
})

test('credential_process', async () => {
  const { caller } = await startPlace()
  expect(await caller({ profile: 'process' })).toMatch(/:user\/developer$/)
})

test('a credential_process that fails: its words are told, and not the line that may hold a secret', async () => {
  const { caller } = await startPlace()
  const failure = await caller({ profile: 'locked' }).catch((error: unknown) => error)
  expect(failure).toMatchObject({
    code: 'NO_CREDENTIALS',
    message: `The credential_process of the profile "locked" (${process.execPath}) failed: the vault is locked.`,
    hint: expect.stringContaining('\naws configure get credential_process --profile locked'),
  })
  expect(String(failure)).not.toContain('not-to-be-shown')
})

test('a second factor: the code is asked for once', async () => {
  const { caller } = await startPlace()
  const asked: string[] = []
  const mfaCode = async (device: string) => {
    asked.push(device)
    return '123456'
  }
  expect(await caller({ profile: 'mfa', mfaCode })).toMatch(assumed)
  expect(asked).toEqual([`arn:aws:iam::${account}:mfa/someone`])
})

test('a second factor and nobody to ask', async () => {
  const { caller } = await startPlace()
  await expect(caller({ profile: 'mfa' })).rejects.toMatchObject({
    code: 'NO_CREDENTIALS',
    message: expect.stringContaining(`"mfa" wants a code of the device arn:aws:iam::${account}:mfa/someone,`),
    hint: expect.stringContaining(
      `\naws sts assume-role --role-arn ${role} --role-session-name sqs-trigger --serial-number arn:aws:iam::${account}:mfa/someone --token-code <code> --profile keys`,
    ),
  })
})

test('a role whose source is the environment', async () => {
  const { sandbox, env, keys } = await startPlace()
  const ran = await sqsTrigger(['list', '--profile', 'from-environment', '--query', 'context.caller'], {
    env: {
      ...env,
      AWS_ENDPOINT_URL: sandbox.endpoint,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    },
  })
  // The role may do nothing: who calls is all that there is to see.
  expect([ran.code, JSON.parse(ran.stdout)]).toEqual([6, expect.stringMatching(assumed)])
})

const openssl = await findProgram('openssl')

test.skipIf(!openssl)(
  `SSO: the token of the login buys keys, through proxy and own authority${openssl ? '' : ' (openssl is not installed here)'}`,
  async () => {
    const { sandbox, home, env, keys } = await startPlace()
    const cache = join(home, '.aws/sso/cache')
    mkdirSync(cache, { recursive: true })
    const token = (expiresAt: number) =>
      writeFileSync(
        join(cache, `${createHash('sha1').update('corp').digest('hex')}.json`),
        JSON.stringify({ accessToken: 'token-of-the-login', expiresAt: new Date(expiresAt).toISOString() }),
      )
    const roleCredentials = { ...keys, sessionToken: '', expiration: Date.now() + 3_600_000 }
    const authority = ownAuthority(['DNS:portal.sso.eu-west-1.amazonaws.com'])
    const answer = JSON.stringify({ roleCredentials: { ...roleCredentials, sessionToken: 'x' } })
    const front = await tlsFront(authority, sandbox.endpoint, { '/federation/credentials': answer })
    const proxy = await localProxy(front.port)
    const run = () =>
      sqsTrigger(['list', '--profile', 'sso', '--json', '--endpoint-url', sandbox.endpoint], {
        env: {
          ...env,
          // The SDK would send SSO there, too.
          AWS_ENDPOINT_URL: undefined,
          HOME: home,
          HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
          AWS_CA_BUNDLE: authority.bundle,
        },
      })
    token(Date.now() + 3_600_000)
    await run()
    expect(proxy.seen).toEqual(['CONNECT portal.sso.eu-west-1.amazonaws.com:443'])
    expect(front.seen).toEqual([
      expect.stringMatching(/GET \/federation\/credentials\?.*role_name=Developer/),
    ])
    token(Date.now() - 1000)
    const expired = await run()
    expect([expired.code, JSON.parse(expired.stdout).error]).toMatchObject([
      4,
      { code: 'CREDENTIALS_EXPIRED', hint: 'Sign in again:\naws sso login --profile sso' },
    ])
  },
)
