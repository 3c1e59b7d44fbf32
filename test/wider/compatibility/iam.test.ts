import { tellWithBoth } from './both-clients.js'
import { iamStory } from './iam-story.js'

tellWithBoth('iam', iamStory)
