import { tellWithBoth } from './both-clients.js'
import { sqsErrorsStory } from './sqs-errors-story.js'

tellWithBoth('sqs', sqsErrorsStory)
