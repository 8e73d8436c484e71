"""Pictures of answers, as SVG that stands on its own."""
