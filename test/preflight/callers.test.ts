import { GetRoleCommand, IAMServiceException, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam'
import { describe, expect, it } from 'vitest'
import { openPage } from '../../src/report/page.js'
import { plainPalette } from '../../src/report/palette.js'
import { identityLines } from '../../src/report/text/identity.js'
import { account, mockedSession, roleArn } from './mocked-session.js'
import { preflight } from './preflight-world.js'

const create = 'caller-lacks-create-event-source-mapping'
const sso = 'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Dev_0a1b'
const refused = new IAMServiceException({
  name: 'AccessDenied',
  $fault: 'client',
  message: 'no',
  $metadata: {},
})
const noSuchEntity = new IAMServiceException({
  name: 'NoSuchEntity',
  $fault: 'client',
  message: 'no',
  $metadata: {},
})
const session = (role: string) => `arn:aws:sts::${account}:assumed-role/${role}/run-7`
const arnOf = (path: string) => `arn:aws:iam::${account}:role/${path}`

interface Caller {
  readonly arn: string
  /** The role that GetRole shows; otherwise it is refused. */
  readonly role?: string
  /** The ARNs that the simulator knows and allows everything; otherwise it refuses. */
  readonly simulates?: string
}

async function judged({ arn, role, simulates }: Caller) {
  const { session: opened, mocks } = await mockedSession(arn)
  if (role !== undefined) {
    const about = { RoleName: role.split('/').at(-1) ?? '', Path: '/', RoleId: 'x', CreateDate: new Date(0) }
    mocks.iam
      .on(GetRoleCommand, { RoleName: about.RoleName })
      .resolves({ Role: { ...about, Arn: arnOf(role) } })
  }
  if (simulates !== undefined) {
    mocks.iam.on(SimulatePrincipalPolicyCommand).callsFake(({ PolicySourceArn, ActionNames }) => {
      if (PolicySourceArn === roleArn) throw refused
      if (PolicySourceArn !== simulates) throw noSuchEntity
      return {
        EvaluationResults: ActionNames.map((EvalActionName: string) => ({
          EvalActionName,
          EvalDecision: 'allowed',
        })),
      }
    })
  }
  const run = await preflight(opened)
  const asked = mocks.iam
    .commandCalls(SimulatePrincipalPolicyCommand)
    .map((call) => call.args[0].input.PolicySourceArn)
    .filter((source) => source !== roleArn)
  const page = openPage(200, true, plainPalette)
  const { context } = run.result
  return { ...run, context, asked: [...new Set(asked)], line: identityLines(page, context).join('|') }
}

const rows: readonly (readonly [
  what: string,
  caller: Caller,
  wanted: {
    readonly status: string
    readonly principal: string | null
    /** Whose policies the simulator was asked about. */
    readonly asked: readonly string[]
    readonly line: string
    readonly message?: RegExp
  },
])[] = [
  [
    'a user',
    { arn: `arn:aws:iam::${account}:user/team/dev`, simulates: `arn:aws:iam::${account}:user/team/dev` },
    {
      status: 'pass',
      principal: `arn:aws:iam::${account}:user/team/dev`,
      asked: [`arn:aws:iam::${account}:user/team/dev`],
      line: 'user/team/dev',
    },
  ],
  [
    'a user whose policies are closed',
    { arn: `arn:aws:iam::${account}:user/dev` },
    {
      status: 'unknown',
      principal: `arn:aws:iam::${account}:user/dev`,
      asked: [`arn:aws:iam::${account}:user/dev`],
      line: 'user/dev',
      message: /iam:SimulatePrincipalPolicy was refused/,
    },
  ],
  [
    'a role, whose path GetRole tells',
    { arn: session('deployer'), role: 'ci/deployer', simulates: arnOf('ci/deployer') },
    {
      status: 'pass',
      principal: arnOf('ci/deployer'),
      asked: [arnOf('ci/deployer')],
      line: 'assumed role deployer (session run-7), judged as role/ci/deployer',
    },
  ],
  [
    'a role of IAM Identity Center, with the Region in its path',
    { arn: session('AWSReservedSSO_Dev_0a1b'), role: sso, simulates: arnOf(sso) },
    {
      status: 'pass',
      principal: arnOf(sso),
      asked: [arnOf(sso)],
      line: `assumed role AWSReservedSSO_Dev_0a1b (session run-7), judged as role/${sso}`,
    },
  ],
  [
    'a role of IAM Identity Center that GetRole does not show: nothing is guessed',
    { arn: session('AWSReservedSSO_Dev_0a1b'), simulates: arnOf('AWSReservedSSO_Dev_0a1b') },
    {
      status: 'unknown',
      principal: null,
      asked: [],
      line: 'assumed role AWSReservedSSO_Dev_0a1b (session run-7), whose policies are not known, because iam:GetRole was refused',
      message: /iam:GetRole was refused/,
    },
  ],
  [
    'a role without a path that GetRole does not show: the simulator knows it',
    { arn: session('deployer'), simulates: arnOf('deployer') },
    {
      status: 'pass',
      principal: arnOf('deployer'),
      asked: [arnOf('deployer')],
      line: 'assumed role deployer (session run-7), judged as role/deployer (iam:GetRole was refused: that it has no path is a guess)',
    },
  ],
  [
    'a role with a path that GetRole does not show: it is not missing',
    { arn: session('deployer'), simulates: arnOf('ci/deployer') },
    {
      status: 'unknown',
      principal: arnOf('deployer'),
      asked: [arnOf('deployer')],
      line: 'assumed role deployer (session run-7), judged as role/deployer (iam:GetRole was refused: that it has no path is a guess)',
      message: /your role has a path, which only that would show/,
    },
  ],
  [
    'a web identity or SAML session, which is one of a role',
    {
      arn: `arn:aws:sts::${account}:assumed-role/github/GitHubActions@octo`,
      role: 'github',
      simulates: arnOf('github'),
    },
    {
      status: 'pass',
      principal: arnOf('github'),
      asked: [arnOf('github')],
      line: 'assumed role github (session GitHubActions@octo), judged as role/github',
    },
  ],
  [
    'the root user, who is never simulated',
    { arn: `arn:aws:iam::${account}:root` },
    {
      status: 'pass',
      principal: `arn:aws:iam::${account}:root`,
      asked: [],
      line: 'root',
      message: /You may call/,
    },
  ],
  [
    'a federated user, whose label is no user’s name',
    { arn: `arn:aws:sts::${account}:federated-user/dev`, simulates: `arn:aws:iam::${account}:user/dev` },
    {
      status: 'unknown',
      principal: null,
      asked: [],
      line: 'federated-user/dev, whose policies cannot be read from here',
      message: /rights of the user who issued its credentials/,
    },
  ],
]

describe('who calls', () => {
  it.each(rows)('%s', async (_, caller, { status, principal, asked, line, message = /./ }) => {
    const run = await judged(caller)
    expect(run.byRule[create]).toMatchObject({ status, message: expect.stringMatching(message) })
    if (status === 'unknown') expect(run.byRule[create]?.gap).toMatchObject({ class: 'core' })
    expect(run.context).toMatchObject({ caller: caller.arn, principal })
    expect(run.asked).toEqual(asked)
    expect(run.line).toBe(`Account ${account} · eu-central-1 · ${line}`)
    // Who the caller is has no part in what the execution role may do.
    expect(run.byRule['role-not-assumable-by-lambda']?.status).toBe('pass')
    expect(run.types.filter((type) => type === 'caller-identified')).toHaveLength(1)
  })

  it('what limits the root user of a member account is taken for granted, and said', async () => {
    const { byRule } = await judged({ arn: `arn:aws:iam::${account}:root` })
    expect(byRule[create]?.assumptions).toEqual([
      expect.stringContaining('AWS Organizations limits the root user'),
    ])
  })

  it('calls from another account than the function’s', async () => {
    const { session: opened } = await mockedSession('arn:aws:iam::444455556666:user/dev')
    const { failed, byRule } = await preflight(opened, {
      function: `arn:aws:lambda:eu-central-1:${account}:function:worker`,
    })
    expect(failed).toEqual(['function-not-in-caller-account'])
    expect(byRule['role-lacks-receive-message']).toMatchObject({
      status: 'skip',
      message: 'Function worker is in account 111122223333, not in yours.',
    })
  })
})
