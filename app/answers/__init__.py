"""From questions to answers: the same for the REST service and the command line."""
