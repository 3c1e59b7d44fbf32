import { AwsFault } from '../../aws-fault.js'
import createMapping from '../../event-source/actions/CreateEventSourceMapping.js'
import deleteMapping from '../../event-source/actions/DeleteEventSourceMapping.js'
import getMapping from '../../event-source/actions/GetEventSourceMapping.js'
import { perform } from '../perform.js'
import type { ResourceType } from '../resource-type.js'
import { tagsIn } from './properties.js'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html */
export default {
  name: 'AWS::Lambda::EventSourceMapping',
  create: async (properties, _generated, call) => {
    const made = await perform(createMapping, { ...properties, Tags: tagsIn(properties) }, call)
    const Id = String(made.UUID)
    return { physicalId: Id, attributes: { Id } }
  },
  delete: async ({ physicalId }, call) => {
    await perform(deleteMapping, { UUID: physicalId }, call)
  },
  settled: async ({ physicalId }, after, call) => {
    try {
      const { State } = await perform(getMapping, { UUID: physicalId }, call)
      return after === 'create' && (State === 'Enabled' || State === 'Disabled')
    } catch (error) {
      if (after === 'delete' && error instanceof AwsFault && error.status === 404) return true
      throw error
    }
  },
} satisfies ResourceType
