import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Journey, startJourney } from '../support/journey.js'
import { openScreen } from '../support/live-screen.js'
import { expectSane } from '../support/terminal.js'

const enter = '\r'

/** A home folder with this AWS configuration, and none of the keys of the sandbox in the environment. */
function homeOf(journey: Journey, config: string) {
  const home = mkdtempSync(join(tmpdir(), 'sqs-trigger-home-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  writeFileSync(join(home, 'config'), config)
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...env } = journey.env
  return { home, env: { ...env, HOME: home, AWS_CONFIG_FILE: join(home, 'config') } }
}

/** What IAM Identity Center answers to who has a token: the keys of the sandbox. */
async function portal(journey: Journey, expiration: number): Promise<string> {
  const server = createServer((request, response) => {
    const signedIn = request.headers['x-amz-sso_bearer_token'] === 'fresh'
    const { accessKeyId, secretAccessKey } = journey.credentials
    const roleCredentials = {
      accessKeyId,
      secretAccessKey,
      sessionToken: 'token',
      expiration,
    }
    response.writeHead(signedIn ? 200 : 401, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify(signedIn ? { roleCredentials } : { message: 'Session token not found or invalid' }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  // A server that listens on a port has an address.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const ssoConfig = `[profile dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Developer
region = us-east-1
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://corp.awsapps.com/start
sso_registration_scopes = sso:account:access
`

async function startSso(login: string, expiration = 4_102_444_800_000) {
  const journey = await startJourney()
  const { home, env } = homeOf(journey, ssoConfig)
  const bin = join(home, 'bin')
  mkdirSync(join(home, '.aws/sso/cache'), { recursive: true })
  mkdirSync(bin)
  const cache = join(home, '.aws/sso/cache', `${createHash('sha1').update('corp').digest('hex')}.json`)
  writeFileSync(join(bin, 'aws'), `#!/bin/sh\necho "$@" > "$HOME/asked"\n${login.replace('CACHE', cache)}\n`)
  chmodSync(join(bin, 'aws'), 0o755)
  const asked = () => readFileSync(join(home, 'asked'), 'utf8').trim()
  return {
    asked,
    expire: () => rmSync(cache),
    env: {
      ...env,
      PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
      AWS_ENDPOINT_URL_SSO: await portal(journey, expiration),
    },
  }
}

const writesToken = `echo "Opening the browser"\necho '{"accessToken":"fresh","expiresAt":"2099-01-01T00:00:00Z"}' > CACHE`

describe('an SSO session that has expired', () => {
  test('is renewed when a person agrees, and the questions begin', async () => {
    const { env, asked } = await startSso(writesToken)
    const screen = openScreen(env, ['wire', '--profile', 'dev'])
    await screen.shows('Your AWS SSO session has expired or was never started.')
    await screen.asks('Run “aws sso login --profile dev” now?')
    screen.type(enter)
    await screen.shows('Opening the browser')
    await screen.shows('Account 111122223333 · us-east-1 · profile dev')
    await screen.asks('Queue (2)')
    screen.type(enter)
    await screen.asks('Function (1)')
    screen.type('\u0003')
    expect(await screen.exited).toBe(130)
    expect(asked()).toBe('sso login --profile dev')
    expectSane(screen.raw())
  })

  test('in between is renewed, and the questions go on where they were', async () => {
    const { env, expire } = await startSso(writesToken, Date.now())
    const screen = openScreen(env, ['wire', '--profile', 'dev'])
    await screen.asks('Run “aws sso login')
    screen.type(enter)
    await screen.asks('Queue (2)')
    screen.type(`orders${enter}`)
    await screen.asks('Function (1)')
    screen.type(enter)
    await screen.asks('Settings')
    expire()
    screen.type(enter)
    await screen.asks('Run “aws sso login')
    screen.type(enter)
    await screen.asks('Connect orders to worker')
    await screen.shows('  sqs-trigger wire --profile dev orders worker --yes')
    screen.type(`n${enter}`)
    expect(await screen.exited).toBe(130)
  })

  test.each([
    ['wire', ['--dry-run'], 'Dry run: nothing was changed.'],
    ['preflight', [], 'Nothing was changed.'],
  ])('of %s with all names is renewed, too', async (command, flags, ending) => {
    const { env } = await startSso(writesToken)
    const screen = openScreen(env, [command, 'orders', 'worker', '--profile', 'dev', ...flags])
    await screen.asks('Run “aws sso login')
    screen.type(enter)
    await screen.shows(ending)
    expect(await screen.exited).toBe(0)
  })

  test('on a remote shell is renewed without a browser', async () => {
    const { env, asked } = await startSso('exit 3')
    const screen = openScreen({ ...env, SSH_CONNECTION: '10.0.0.1 5000 10.0.0.2 22' }, [
      'wire',
      '--profile',
      'dev',
    ])
    await screen.asks('Run “aws sso login --profile dev” now?')
    screen.type(enter)
    await screen.shows('aws sso login ended with 3.')
    expect(await screen.exited).toBe(4)
    expect(asked()).toBe('sso login --profile dev --no-browser')
  })

  test('is left alone when a person declines: exit 4 and the command', async () => {
    const { env } = await startSso(writesToken)
    const screen = openScreen(env, ['wire', '--profile', 'dev'])
    await screen.asks('Run “aws sso login --profile dev” now?')
    screen.type(`n${enter}`)
    expect(await screen.exited).toBe(4)
    await screen.shows('  aws sso login --profile dev')
  })
})

test('a profile with a second factor: the code is asked for, and sent with the role', async () => {
  const journey = await startJourney()
  const { accessKeyId, secretAccessKey } = journey.credentials
  const role = `arn:aws:iam::${journey.world.account}:role/operator`
  await journey.seed([
    {
      service: 'iam',
      operation: 'CreateRole',
      input: {
        RoleName: 'operator',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'sts:AssumeRole',
              Principal: { AWS: `arn:aws:iam::${journey.world.account}:user/developer` },
            },
          ],
        }),
      },
    },
  ])
  const { env } = homeOf(
    journey,
    `[profile base]
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}
[profile operator]
source_profile = base
role_arn = ${role}
mfa_serial = arn:aws:iam::${journey.world.account}:mfa/phone
region = us-east-1
`,
  )
  const screen = openScreen(env, ['wire', '--profile', 'operator'])
  await screen.asks('Code of the second factor arn:aws:iam::111122223333:mfa/phone:')
  screen.type(`12${enter}`)
  await screen.shows('Type the six digits that it shows.')
  screen.type(`3456${enter}`)
  await screen.shows('operator')
  screen.type('\u0003')
  expect(await screen.exited).toBe(130)
  expect(journey.calls().filter(({ operation }) => operation === 'AssumeRole')).toHaveLength(1)
})
