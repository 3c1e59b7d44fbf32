import { AwsFault } from '../aws-fault.js'
import { lambdaMayAssume } from '../iam/lambda-may-assume.js'
import { roleByArn } from '../iam/state.js'
import type { World } from '../world.js'

/**
 * Lambda takes a role only if it exists and trusts lambda.amazonaws.com. Throws InvalidParameterValueException;
 * its text was seen in the field only.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
export function checkRole(
  world: World,
  roleArn: string,
  owner: { readonly functionArn: string; readonly account: string },
): void {
  const ownAccount = roleByArn(world.iam, roleArn)?.account === owner.account
  if (ownAccount && lambdaMayAssume(world, { functionArn: owner.functionArn, roleArn })) return
  throw new AwsFault(
    'InvalidParameterValueException',
    'The role defined for the function cannot be assumed by Lambda.',
    { recorded: false },
  )
}
