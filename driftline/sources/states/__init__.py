"""What tools wrote down about what they made: Terraform states and bills of materials."""
