import type { Call } from '../define-action.js'
import type { World } from '../world.js'
import type { IamRole } from './state.js'

/**
 * IAM takes its time: its own answers show a change at once, services go by the former state for a while. Only with
 * `iamLagMs`; AWS gives no number.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */

/** Keeps what the role is now, for those who do not see the change that follows. What is seeded holds at once. */
export function keepFormer({ world, connection }: Call, role: IamRole): void {
  const { iam, clock } = world
  if (iam.lagMs === 0 || connection === undefined) return
  const former = { ...role, inline: new Map(role.inline), attached: new Set(role.attached) }
  const kept = (iam.former.get(role.arn) ?? []).filter(({ until }) => until > clock.now())
  iam.former.set(role.arn, [...kept, { until: clock.now() + iam.lagMs, role: former }])
}

/** The role as services see it: as it was before the oldest change that has not reached them. */
export function roleSeenByServices(
  { iam, clock }: Pick<World, 'iam' | 'clock'>,
  arn: string,
): IamRole | undefined {
  const former = iam.former.get(arn)?.find(({ until }) => until > clock.now())
  return former?.role ?? iam.roles.get(arn)
}
