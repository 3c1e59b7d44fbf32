import { defineAction } from '../../define-action.js'
import { text } from '../../members.js'
import { findStack, onStack } from '../stack.js'
import type { MadeStack } from '../state.js'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html */
export default defineAction({
  service: 'cloudformation',
  name: 'DescribeStacks',
  decode: (raw) => ({ name: text(raw, 'StackName') }),
  needs: ({ name }, call) => onStack('DescribeStacks', name, call),
  run: ({ name }, call) => {
    if (name !== undefined) return { Stacks: [shapeOf(findStack(call, name))] }
    const here = [...call.world.madeStacks.values()].filter(
      ({ account, region, status }) =>
        account === call.principal.account && region === call.region && status !== 'DELETE_COMPLETE',
    )
    return { Stacks: here.map(shapeOf) }
  },
})

/** No parameters, no capabilities, no outputs: the member is not there. No tags, no topics: an empty list. */
const shapeOf = (stack: MadeStack) => ({
  StackId: stack.id,
  StackName: stack.name,
  Description: stack.template.description,
  Parameters: unlessEmpty(
    Object.entries(stack.template.parameters).map(([ParameterKey, { noEcho, value }]) => ({
      ParameterKey,
      ParameterValue: noEcho ? '****' : value,
    })),
  ),
  CreationTime: new Date(stack.createdAt),
  DeletionTime: stack.deletedAt === undefined ? undefined : new Date(stack.deletedAt),
  RollbackConfiguration: {},
  StackStatus: stack.status,
  StackStatusReason: stack.statusReason,
  DisableRollback: false,
  NotificationARNs: [],
  Capabilities: unlessEmpty(stack.capabilities),
  Outputs: unlessEmpty(
    stack.outputs.map(({ key, value, description }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
    })),
  ),
  Tags: [...stack.tags].map(([Key, Value]) => ({ Key, Value })),
  EnableTerminationProtection: false,
  DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
})

const unlessEmpty = <T>(list: readonly T[]) => (list.length === 0 ? undefined : list)
