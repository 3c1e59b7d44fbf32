import { callerLacks } from '../caller-permission-rule.js'

export default callerLacks({
  slug: 'caller-lacks-tag-resource',
  actions: ['lambda:TagResource'],
  severity: 'error',
  resource: ({ functionArn }) =>
    [...functionArn.split(':').slice(0, 5), 'event-source-mapping', '*'].join(':'),
  title: 'You may not tag the mapping',
  why: 'Tags given at creation need lambda:TagResource as well: without it AWS refuses the whole mapping.',
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/tags-esm.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html',
  ],
})
