import { AwsFault } from '../../aws-fault.js'
import { type Call, defineAction } from '../../define-action.js'
import { issueAccessKey, roleSession } from '../../iam/access-keys.js'
import { checkPolicy } from '../../iam/check-policy.js'
import { optionalInteger, optionalText, requiredText } from '../../iam/input.js'
import { type Refusal, refusalToAssume } from '../may-assume.js'

/**
 * Returns keys that stand for the session until they expire.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export default defineAction({
  service: 'sts',
  name: 'AssumeRole',
  decode: (raw) => {
    const sessionPolicy = optionalText(raw, 'Policy')
    if (sessionPolicy !== undefined) checkPolicy(sessionPolicy, 'identity')
    return {
      roleArn: requiredText(raw, 'RoleArn'),
      sessionName: requiredText(raw, 'RoleSessionName'),
      externalId: optionalText(raw, 'ExternalId'),
      sessionPolicy,
      seconds: optionalInteger(raw, 'DurationSeconds', [900, 43_200]) ?? 3600,
    }
  },
  // The trust policy has its say too, so `run` asks: see may-assume.ts.
  needs: () => [],
  run: ({ roleArn, sessionName, externalId, sessionPolicy, seconds }, call) => {
    const role = call.world.iam.roles.get(roleArn)
    if (call.principal.kind === 'root') {
      throw new AwsFault('AccessDenied', 'Roles may not be assumed by root accounts.', {
        status: 403,
        recorded: false,
      })
    }
    const facts = {
      'sts:RoleSessionName': [sessionName],
      ...(externalId === undefined ? {} : { 'sts:ExternalId': [externalId] }),
    }
    // A role that does not exist is refused like one that trusts nobody, so that names cannot be tried out.
    const refusal = role ? refusalToAssume(call, role, facts) : 'trust'
    if (!role || refusal) throw denied(call, roleArn, refusal ?? 'trust')
    if (seconds > role.maxSessionSeconds) {
      throw new AwsFault(
        'ValidationError',
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
        { recorded: false },
      )
    }
    const session = roleSession(call.world, roleArn, sessionName, sessionPolicy)
    const key = issueAccessKey(call.world, session, seconds)
    return {
      Credentials: {
        AccessKeyId: key.id,
        SecretAccessKey: key.secret,
        SessionToken: key.sessionToken,
        Expiration: new Date(call.world.clock.now() + seconds * 1000),
      },
      AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    }
  },
})

const reasons: Readonly<Record<Refusal, string>> = {
  identity: 'because no identity-based policy allows the sts:AssumeRole action',
  trust: 'because no role trust policy allows the sts:AssumeRole action',
  'trust-deny': 'with an explicit deny in the role trust policy',
}

const denied = ({ principal }: Call, roleArn: string, refusal: Refusal) =>
  new AwsFault(
    'AccessDenied',
    `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn} ${reasons[refusal]}`,
    // What a trust policy makes AWS say stands in the manual alone.
    { status: 403, recorded: refusal === 'identity' },
  )
