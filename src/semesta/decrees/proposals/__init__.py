"""From a plan to a decree: proposed, reviewed, approved, issued."""
