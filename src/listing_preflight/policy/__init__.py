"""Knowledge as data: marketplaces and their offices, goods and their classes, what offices call a status."""
