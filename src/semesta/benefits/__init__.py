"""Events to entitlements and cases."""
