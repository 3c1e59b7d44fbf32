import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { SandboxOptions } from '../../src/sandbox/start-sandbox.js'
import { type Journey, startJourney } from './journey.js'

/** A home folder with this AWS configuration, and none of the keys of the sandbox in the environment. */
export function homeOf(journey: Journey, config: string) {
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

/**
 * A journey whose profile `dev` has an SSO session that was never started.
 * @param login lines of the shell script that stands for `aws`; CACHE is the file of the session
 * @param expiration of the keys, in milliseconds since the epoch: those that have expired are fetched for each call
 */
export async function startSso(login: string, expiration = 4_102_444_800_000, options: SandboxOptions = {}) {
  const journey = await startJourney(options)
  const { home, env } = homeOf(journey, ssoConfig)
  const bin = join(home, 'bin')
  mkdirSync(join(home, '.aws/sso/cache'), { recursive: true })
  mkdirSync(bin)
  const cache = join(home, '.aws/sso/cache', `${createHash('sha1').update('corp').digest('hex')}.json`)
  writeFileSync(join(bin, 'aws'), `#!/bin/sh\necho "$@" > "$HOME/asked"\n${login.replace('CACHE', cache)}\n`)
  chmodSync(join(bin, 'aws'), 0o755)
  const asked = () => readFileSync(join(home, 'asked'), 'utf8').trim()
  return {
    journey,
    asked,
    expire: () => rmSync(cache),
    env: {
      ...env,
      PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
      AWS_ENDPOINT_URL_SSO: await portal(journey, expiration),
    },
  }
}

/** Signs in. */
export const writesToken = `echo "Opening the browser"\necho '{"accessToken":"fresh","expiresAt":"2099-01-01T00:00:00Z"}' > CACHE`
