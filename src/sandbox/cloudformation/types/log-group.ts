import createLogGroup from '../../logs/actions/CreateLogGroup.js'
import deleteLogGroup from '../../logs/actions/DeleteLogGroup.js'
import putRetentionPolicy from '../../logs/actions/PutRetentionPolicy.js'
import { addressOf, lookUpGroup } from '../../logs/log-group.js'
import { perform } from '../perform.js'
import type { ResourceType } from '../resource-type.js'
import { textIn } from './properties.js'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
export default {
  name: 'AWS::Logs::LogGroup',
  create: async (properties, generated, call) => {
    const logGroupName = textIn(properties, 'LogGroupName') ?? generated
    await perform(createLogGroup, { logGroupName }, call)
    const retentionInDays = properties.RetentionInDays
    if (retentionInDays !== undefined) {
      await perform(putRetentionPolicy, { logGroupName, retentionInDays }, call)
    }
    const arn = lookUpGroup(call.world, addressOf(call, logGroupName))?.arn ?? ''
    return { physicalId: logGroupName, attributes: { Arn: `${arn}:*` } }
  },
  delete: async ({ physicalId }, call) => {
    await perform(deleteLogGroup, { logGroupName: physicalId }, call)
  },
} satisfies ResourceType
