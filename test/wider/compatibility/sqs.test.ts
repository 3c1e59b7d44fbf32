import { tellWithBoth } from './both-clients.js'
import { sqsStory } from './sqs-story.js'

tellWithBoth('sqs', sqsStory)
