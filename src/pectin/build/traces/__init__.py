"""What renders asked and were answered, remembered from build to build."""
