import { tellWithBoth } from './both-clients.js'
import { lambdaStory } from './lambda-story.js'

tellWithBoth('lambda', lambdaStory)
