import { tellWithBoth } from './both-clients.js'
import { elsewhereErrorsStory } from './elsewhere-errors-story.js'

tellWithBoth('elsewhere', elsewhereErrorsStory)
