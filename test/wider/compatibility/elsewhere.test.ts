import { tellWithBoth } from './both-clients.js'
import { elsewhereStory } from './elsewhere-story.js'

tellWithBoth('elsewhere', elsewhereStory)
